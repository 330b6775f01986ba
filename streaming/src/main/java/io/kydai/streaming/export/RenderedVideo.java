package io.kydai.streaming.export;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.streaming.annotation.AnnotatedPicture;
import io.kydai.streaming.annotation.AnnotatedVideoWriter;
import io.kydai.streaming.annotation.Annotator;
import io.kydai.streaming.annotation.PictureSize;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.Redaction;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * A copy of an exported video with something drawn into its pictures or hidden on them, encoded
 * anew as H.264 by libopenh264. The pictures keep their times; all have the first one's size.
 *
 * <p>What is to be blurred is looked for on a picture in every {@value #LOOK_MILLIS} ms; what is
 * found on one is blurred on the pictures before and behind it, up to the next that is looked at.
 * For one thread, which it works on for as long as the video takes.
 *
 * <p>Bound: {@value #MOST_HELD} pictures are held at a time; with more, one is looked at sooner.
 */
public final class RenderedVideo implements AutoCloseable {
  static final int LOOK_MILLIS = 120;
  private static final int MOST_HELD = 12;
  private static final long LOOK = MediaTime.of(Duration.ofMillis(LOOK_MILLIS)).ticks();
  private static final Duration NEAR = Duration.ofMillis(400);
  private static final double PLANNED_RATE = 25;

  private final Rendition rendition;
  private final CameraId camera;
  private final Instant start;
  private final NavigableMap<Instant, Observation> observations = new TreeMap<>();
  private final Redaction redaction;
  private final AnnotatedVideoWriter out;
  private final AnnotatedPicture looked = new AnnotatedPicture();
  private final List<DecodedFrame> held = new ArrayList<>();
  private @Nullable List<Box> before = List.of();
  private boolean begun;
  private long lookedAt;
  private long pictures;
  private long boxed;
  private long blurredWhole;

  /**
   * What was made.
   *
   * @param pictures how many
   * @param boxed on how many of them boxes were drawn; on the others nothing had been observed
   * @param blurredWhole how many of them were blurred as a whole, as it could not be found out
   *     where something to be blurred is
   */
  public record Rendered(long pictures, long boxed, long blurredWhole) {}

  /** Hears of the progress, and may end it by an exception. */
  @FunctionalInterface
  public interface Progress {
    /**
     * @param part of the video that is done, 0 to 1
     */
    void done(double part) throws IOException;
  }

  private RenderedVideo(
      Path target,
      CameraId camera,
      Instant start,
      Rendition rendition,
      Collection<Observation> observed,
      Redaction redaction) {
    this.rendition = rendition;
    this.camera = camera;
    this.start = start;
    this.redaction = redaction;
    observed.forEach(one -> observations.put(one.wallClock(), one));
    out = new AnnotatedVideoWriter(target, Scene.EMPTY, PLANNED_RATE);
  }

  /**
   * Makes a copy.
   *
   * @param source the video
   * @param target is written anew; not whole where this throws
   * @param start when the source's first picture was taken
   * @param observed where objects were, in the time of the video
   * @throws IOException when the target cannot be written, or the progress ends it
   * @throws io.kydai.analytics.decode.DecodeException when the source cannot be read
   */
  public static Rendered render(
      Path source,
      Path target,
      CameraId camera,
      Instant start,
      Rendition rendition,
      Collection<Observation> observed,
      Redaction redaction,
      Progress progress)
      throws IOException {
    try (VideoFile in = VideoFile.open(source);
        RenderedVideo video =
            new RenderedVideo(target, camera, start, rendition, observed, redaction)) {
      double expected = Math.max(1, in.estimatedFrames().orElse(1L));
      Optional<DecodedFrame> next = in.next();
      while (next.isPresent()) {
        video.add(next.get());
        progress.done(Math.min(1, video.pictures / expected));
        next = in.next();
      }
      video.writeHeld(video.before);
      return new Rendered(video.pictures, video.boxed, video.blurredWhole);
    }
  }

  /** Takes a picture over. */
  private void add(DecodedFrame frame) throws IOException {
    held.add(frame);
    Privacy hidden = rendition.hidden();
    if (hidden.blur().isEmpty()) {
      writeHeld(List.of());
      return;
    }
    boolean due = !begun || frame.mediaTime() - lookedAt >= LOOK || held.size() >= MOST_HELD;
    if (due) {
      begun = true;
      lookedAt = frame.mediaTime();
      List<Box> behind = look(frame, hidden);
      writeHeld(both(before, behind));
      before = behind;
    }
  }

  private @Nullable List<Box> look(Frame frame, Privacy hidden) {
    PictureSize size = PictureSize.of(frame.displayWidth(), frame.displayHeight());
    Mat mat = looked.fill(frame, size.width(), size.height());
    return redaction.regions(mat, hidden);
  }

  private static @Nullable List<Box> both(@Nullable List<Box> one, @Nullable List<Box> other) {
    if (one == null || other == null) {
      return null;
    }
    List<Box> both = new ArrayList<>(one);
    both.addAll(other);
    return both;
  }

  private void writeHeld(@Nullable List<Box> regions) throws IOException {
    while (!held.isEmpty()) {
      try (DecodedFrame frame = held.remove(0)) {
        Instant taken = start.plusNanos(MediaTime.nanos(frame.mediaTime()));
        out.write(frame, mat -> draw(mat, taken, regions));
        pictures++;
        blurredWhole += regions == null ? 1 : 0;
      }
    }
  }

  private void draw(Mat mat, Instant taken, @Nullable List<Box> regions) {
    Redaction.hide(mat, rendition.hidden(), regions);
    if (rendition.boxes()) {
      Observation observation = nearest(taken);
      if (observation != null) {
        boxed++;
        Annotator.boxes(mat, observation);
      }
    }
    if (rendition.clock()) {
      Annotator.clock(mat, camera.value(), taken, rendition.zone());
    }
  }

  private @Nullable Observation nearest(Instant taken) {
    Observation nearest = null;
    for (var entry :
        List.of(
            Optional.ofNullable(observations.floorEntry(taken)),
            Optional.ofNullable(observations.ceilingEntry(taken)))) {
      if (entry.isPresent()) {
        Observation one = entry.get().getValue();
        Duration away = Duration.between(taken, one.wallClock()).abs();
        boolean nearer =
            nearest == null
                || away.compareTo(Duration.between(taken, nearest.wallClock()).abs()) < 0;
        if (nearer && away.compareTo(NEAR) <= 0) {
          nearest = one;
        }
      }
    }
    return nearest;
  }

  @Override
  public void close() throws IOException {
    held.forEach(DecodedFrame::close);
    held.clear();
    looked.close();
    out.close();
  }
}
