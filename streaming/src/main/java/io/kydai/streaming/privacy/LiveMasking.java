package io.kydai.streaming.privacy;

import io.kydai.analytics.decode.CameraDecoder;
import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.streaming.annotation.AnnotatedPicture;
import io.kydai.streaming.annotation.PictureSize;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a camera's access units, hides what is private on each picture, and encodes it again. The
 * pictures keep their times. Pictures wait for observations only while something is blurred, and no
 * longer than {@value #PATIENCE_MILLIS} ms; where none has come by then, the picture is blurred as
 * a whole. Owns decoder, encoder and pictures. For one thread.
 *
 * <p>Bound: {@value #MOST_WAITING} pictures wait; with more the oldest goes as if its time were
 * over.
 */
final class LiveMasking implements AutoCloseable {
  static final int PATIENCE_MILLIS = 700;
  static final int MOST_WAITING = 32;

  /** Wider pictures are made smaller. */
  static final int WIDEST = 1_280;

  private final CameraId camera;
  private final RecentObjects objects;
  private final Supplier<Privacy> privacy;
  private final Consumer<AccessUnit> out;
  private final Runnable onWhole;
  private final CameraDecoder decoder = new CameraDecoder(this::decoded);
  private final AnnotatedPicture picture = new AnnotatedPicture();
  private final Deque<DecodedFrame> waiting = new ArrayDeque<>();
  private @Nullable LiveEncoder encoder;
  private WallClockSource clock = WallClockSource.ARRIVAL;
  private long sequence;
  private long lastTime = Long.MIN_VALUE;
  private long restartAt = Long.MAX_VALUE;
  private boolean discontinuity = true;

  /**
   * @param privacy what is hidden at the moment
   * @param out takes each encoded picture
   * @param onWhole is told of each picture that is blurred as a whole
   */
  LiveMasking(
      CameraId camera,
      RecentObjects objects,
      Supplier<Privacy> privacy,
      Consumer<AccessUnit> out,
      Runnable onWhole) {
    this.camera = camera;
    this.objects = objects;
    this.privacy = privacy;
    this.out = out;
    this.onWhole = onWhole;
  }

  /**
   * Takes the next access unit.
   *
   * @param arrivedNanos {@link System#nanoTime} when it arrived
   * @throws DecodeException when it is damaged; it goes on with the next key frame
   */
  void add(AccessUnit unit, long arrivedNanos) {
    if (unit.discontinuity()) {
      restartAt = Math.min(restartAt, unit.mediaTime());
    }
    clock = unit.wallClockSource();
    decoder.decode(unit, arrivedNanos);
  }

  private void decoded(DecodedFrame frame) {
    waiting.addLast(frame);
    if (waiting.size() > MOST_WAITING) {
      next(privacy.get());
    }
  }

  /** Encodes the pictures that need not wait any longer. */
  void pass(long nowNanos) {
    while (!waiting.isEmpty()) {
      Privacy now = privacy.get();
      DecodedFrame first = waiting.getFirst();
      boolean over = nowNanos - first.arrivedNanos() >= PATIENCE_MILLIS * 1_000_000L;
      if (!now.blur().isEmpty() && !over && !objects.isKnown(first.mediaTime())) {
        return;
      }
      next(now);
    }
  }

  private void next(Privacy hidden) {
    try (DecodedFrame frame = waiting.removeFirst()) {
      if (frame.mediaTime() >= restartAt) {
        restart();
      } else if (frame.mediaTime() <= lastTime) {
        return;
      }
      int width = frame.displayWidth();
      int height = frame.displayHeight();
      double scale = Math.min(1, (double) WIDEST / Math.max(width, height));
      PictureSize size =
          PictureSize.of(
              Math.max(1, (int) Math.round(width * scale)),
              Math.max(1, (int) Math.round(height * scale)));
      Mat mat = picture.fill(frame, size.width(), size.height());
      hide(mat, hidden, frame.mediaTime());
      LiveEncoder current = encoder(size);
      for (LiveEncoder.Encoded encoded : current.encode(mat, frame.mediaTime())) {
        emit(encoded, current, frame);
      }
      lastTime = frame.mediaTime();
    }
  }

  private void hide(Mat mat, Privacy hidden, long mediaTime) {
    Set<BlurTarget> blur = hidden.blur();
    List<Box> regions = blur.isEmpty() ? List.of() : objects.regions(mediaTime, blur);
    if (regions == null) {
      onWhole.run();
    }
    Redaction.hide(mat, hidden, regions);
  }

  private void emit(LiveEncoder.Encoded encoded, LiveEncoder by, DecodedFrame frame) {
    out.accept(
        new AccessUnit(
            camera,
            by.codecParameters(),
            sequence++,
            frame.mediaTime(),
            frame.mediaTime(),
            frame.wallClock(),
            clock,
            encoded.keyFrame(),
            discontinuity,
            false,
            encoded.data()));
    discontinuity = false;
  }

  /** What follows a break of the camera's stream begins with a key frame. */
  private void restart() {
    restartAt = Long.MAX_VALUE;
    discontinuity = true;
    closeEncoder();
  }

  private LiveEncoder encoder(PictureSize size) {
    LiveEncoder present = encoder;
    if (present != null && (present.width() != size.width() || present.height() != size.height())) {
      closeEncoder();
      present = null;
    }
    if (present == null) {
      present = new LiveEncoder(size.width(), size.height());
      encoder = present;
    }
    return present;
  }

  private void closeEncoder() {
    if (encoder != null) {
      encoder.close();
      encoder = null;
    }
  }

  @Override
  public void close() {
    decoder.close();
    waiting.forEach(DecodedFrame::close);
    waiting.clear();
    closeEncoder();
    picture.close();
  }
}
