package io.kydai.streaming.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.scene.Point;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.annotation.Snapshots;
import io.kydai.streaming.annotation.Thumbnails;
import io.kydai.streaming.playback.RecordingThumbnails.Picture;
import io.kydai.streaming.privacy.BlurTarget;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.PrivacyMask;
import io.kydai.streaming.privacy.Redaction;
import io.kydai.streaming.recording.MemoryIndex;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.RecordingPlan;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.retention.RetentionAges;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small pictures of ffmpeg's test pattern, beside what ffmpeg decodes of it. */
class RecordingThumbnailsTest {
  private static final Instant START = SampleVideo.START;
  private static final Function<Instant, Privacy> AS_IT_IS = taken -> Privacy.NONE;

  /** The left half. */
  private static final Privacy MASKED =
      new Privacy(
          List.of(
              new PrivacyMask(
                  "left",
                  List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1)))),
          Set.of());

  @TempDir Path folder;
  private Path root;
  private SampleVideo sample;
  private List<Segment> segments;

  @BeforeEach
  void record() throws Exception {
    FfmpegTools.assumeInstalled();
    root = folder.resolve("recordings");
    sample = SampleVideo.encode(folder, 8, 2);
    try (Recordings recordings =
        new Recordings(
            new RecordingSettings(root, 1L << 40, 0, Duration.ofSeconds(3)),
            new MemoryIndex(),
            camera -> RetentionAges.keeping(Duration.ofDays(10_000)),
            () -> {},
            new SimpleMeterRegistry(),
            Clock.systemUTC())) {
      PlannedRecorder recorder =
          recordings.begin(SampleVideo.CAMERA, new RecordingPlan.Continuous(), Runnable::run);
      for (AccessUnit unit : sample.units()) {
        recorder.add(unit);
      }
      recorder.end();
    }
    segments = new ArrayList<>();
    new RecordingFolder(root).scan(segments::add);
    segments.sort(Comparator.comparing(Segment::start));
  }

  private byte[] hide(byte[] jpeg, Privacy hidden) {
    try (Redaction redaction = new Redaction(null)) {
      return Snapshots.changed(jpeg, picture -> redaction.hide(picture, hidden));
    }
  }

  private List<Segment> around(Instant at) {
    return segments.stream()
        .filter(one -> !one.start().isAfter(at) && one.end().isAfter(at))
        .toList();
  }

  private BufferedImage decoded(int picture) throws Exception {
    Path file = folder.resolve("decoded.png");
    FfmpegTools.run(
        folder,
        "ffmpeg",
        "-v",
        "error",
        "-y",
        "-i",
        sample.file().toString(),
        "-vf",
        "select=eq(n\\," + picture + "),scale=208:117:flags=area",
        "-frames:v",
        "1",
        file.toString());
    return ImageIO.read(Files.newInputStream(file));
  }

  /** How far two pictures of one size are apart, per colour and pixel. */
  private static double difference(BufferedImage one, BufferedImage other) {
    long sum = 0;
    for (int y = 0; y < one.getHeight(); y++) {
      for (int x = 0; x < one.getWidth(); x++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          sum += Math.abs((one.getRGB(x, y) >> shift & 255) - (other.getRGB(x, y) >> shift & 255));
        }
      }
    }
    return sum / 3.0 / one.getWidth() / one.getHeight();
  }

  @Test
  void aMomentShowsTheKeyFrameBeforeIt() throws Exception {
    RecordingThumbnails thumbnails = new RecordingThumbnails(SegmentFiles.in(root), this::hide);
    for (int second = 0; second < 8; second += 3) {
      Instant at = START.plusMillis(1000L * second + 700);
      Picture picture = thumbnails.at(around(at), at, Instant.EPOCH, AS_IT_IS).orElseThrow();
      assertThat(picture.takenAt()).isEqualTo(START.plusSeconds(second));
      assertThat(picture.jpeg()).hasSizeLessThanOrEqualTo(Thumbnails.MOST_BYTES);
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
      assertThat(shown.getWidth()).isEqualTo(208);
      double right = difference(shown, decoded(25 * second));
      double wrong = difference(shown, decoded(25 * ((second + 4) % 8)));
      assertThat(right).isLessThan(wrong / 2).isLessThan(16);
      assertThat(thumbnails.at(around(at), at, Instant.EPOCH, AS_IT_IS).orElseThrow().jpeg())
          .as("kept")
          .isSameAs(picture.jpeg());
    }
  }

  @Test
  void nothingIsShownOfBeforeARightOrOfWhatIsNotThere() throws Exception {
    RecordingThumbnails thumbnails = new RecordingThumbnails(SegmentFiles.in(root), this::hide);
    Instant at = START.plusMillis(2_700);
    assertThat(thumbnails.at(around(at), at, START.plusMillis(2_100), AS_IT_IS)).isEmpty();
    assertThat(thumbnails.at(List.of(), at, Instant.EPOCH, AS_IT_IS)).isEmpty();
    RecordingThumbnails away = new RecordingThumbnails(segment -> null, this::hide);
    assertThat(away.at(around(at), at, Instant.EPOCH, AS_IT_IS)).isEmpty();
    Files.delete(root.resolve(segments.get(0).file()));
    Instant first = START.plusMillis(500);
    assertThat(thumbnails.at(around(first), first, Instant.EPOCH, AS_IT_IS)).isEmpty();
  }

  @Test
  void whatIsHiddenIsDecidedByWhenThePictureWasTakenAndKeptApart() throws Exception {
    RecordingThumbnails thumbnails = new RecordingThumbnails(SegmentFiles.in(root), this::hide);
    Instant at = START.plusMillis(2_700);
    BufferedImage whole = small(thumbnails, at, AS_IT_IS);
    Function<Instant, Privacy> later =
        taken -> taken.isBefore(START.plusMillis(2_100)) ? MASKED : Privacy.NONE;
    BufferedImage masked = small(thumbnails, at, later);
    assertThat(masked.getWidth()).isEqualTo(208);
    assertThat(masked.getHeight()).isEqualTo(117);
    BufferedImage right = masked.getSubimage(112, 0, 96, 117);
    assertThat(difference(right, whole.getSubimage(112, 0, 96, 117))).isLessThan(16);
    for (int y = 0; y < 117; y++) {
      for (int x = 0; x < 96; x++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          assertThat(masked.getRGB(x, y) >> shift & 255).as(x + ", " + y).isBetween(62, 82);
        }
      }
    }
    assertThat(difference(small(thumbnails, at, AS_IT_IS), whole)).isZero();
    assertThat(difference(small(thumbnails, at, taken -> Privacy.EVERYTHING), masked))
        .as("a mask that is drawn holds from the next picture on")
        .isPositive();
    BufferedImage blurred =
        small(thumbnails, at, taken -> Privacy.NONE.blurring(Set.of(BlurTarget.FACES)));
    assertThat(difference(blurred, whole)).as("without a detector all of it").isGreaterThan(16);
  }

  private BufferedImage small(
      RecordingThumbnails thumbnails, Instant at, Function<Instant, Privacy> hidden)
      throws Exception {
    Picture picture = thumbnails.at(around(at), at, Instant.EPOCH, hidden).orElseThrow();
    assertThat(picture.hidden()).isEqualTo(hidden.apply(picture.takenAt()));
    assertThat(picture.jpeg()).hasSizeLessThanOrEqualTo(Thumbnails.MOST_BYTES);
    return ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
  }
}
