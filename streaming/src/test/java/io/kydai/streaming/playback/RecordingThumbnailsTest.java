package io.kydai.streaming.playback;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.annotation.Thumbnails;
import io.kydai.streaming.playback.RecordingThumbnails.Picture;
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
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Small pictures of ffmpeg's test pattern, beside what ffmpeg decodes of it. */
class RecordingThumbnailsTest {
  private static final Instant START = SampleVideo.START;

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
    RecordingThumbnails thumbnails = new RecordingThumbnails(SegmentFiles.in(root));
    for (int second = 0; second < 8; second += 3) {
      Instant at = START.plusMillis(1000L * second + 700);
      Picture picture = thumbnails.at(around(at), at, Instant.EPOCH).orElseThrow();
      assertThat(picture.takenAt()).isEqualTo(START.plusSeconds(second));
      assertThat(picture.jpeg()).hasSizeLessThanOrEqualTo(Thumbnails.MOST_BYTES);
      BufferedImage shown = ImageIO.read(new ByteArrayInputStream(picture.jpeg()));
      assertThat(shown.getWidth()).isEqualTo(208);
      double right = difference(shown, decoded(25 * second));
      double wrong = difference(shown, decoded(25 * ((second + 4) % 8)));
      assertThat(right).isLessThan(wrong / 2).isLessThan(16);
      assertThat(thumbnails.at(around(at), at, Instant.EPOCH).orElseThrow().jpeg())
          .as("kept")
          .isSameAs(picture.jpeg());
    }
  }

  @Test
  void nothingIsShownOfBeforeARightOrOfWhatIsNotThere() throws Exception {
    RecordingThumbnails thumbnails = new RecordingThumbnails(SegmentFiles.in(root));
    Instant at = START.plusMillis(2_700);
    assertThat(thumbnails.at(around(at), at, START.plusMillis(2_100))).isEmpty();
    assertThat(thumbnails.at(List.of(), at, Instant.EPOCH)).isEmpty();
    RecordingThumbnails away = new RecordingThumbnails(segment -> null);
    assertThat(away.at(around(at), at, Instant.EPOCH)).isEmpty();
    Files.delete(root.resolve(segments.get(0).file()));
    Instant first = START.plusMillis(500);
    assertThat(thumbnails.at(around(first), first, Instant.EPOCH)).isEmpty();
  }
}
