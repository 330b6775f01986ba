package io.kydai.streaming.annotation;

import static io.kydai.streaming.SampleVideo.CAMERA;
import static io.kydai.streaming.SampleVideo.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ422P;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import io.kydai.streaming.FfmpegTools;
import io.kydai.streaming.TestFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotationTest {
  private static final Path PEDESTRIANS =
      Path.of("/usr/share/doc/opencv-doc/examples/data/vtest.avi");
  private static final Scene SCENE =
      new Scene(
          List.of(new Line("v", new Point(0.5, 0.05), new Point(0.5, 0.95))),
          List.of(
              new Zone(
                  "square",
                  List.of(
                      new Point(0.1, 0.5),
                      new Point(0.45, 0.45),
                      new Point(0.4, 0.9),
                      new Point(0.05, 0.85)))));

  @TempDir Path folder;

  @Test
  void aPlainSnapshotHasTheFramesColours() throws Exception {
    byte[] yuv = new byte[64 * 48 * 3 / 2];
    Arrays.fill(yuv, 0, 64 * 48, (byte) 81);
    Arrays.fill(yuv, 64 * 48, 64 * 48 * 5 / 4, (byte) 90);
    Arrays.fill(yuv, 64 * 48 * 5 / 4, yuv.length, (byte) 240);
    try (TestFrame red = TestFrame.of(64, 48, 0, yuv, avutil.AV_PIX_FMT_YUV420P)) {
      assertColour(image(Snapshots.plain(red)), 32, 24, 255, 0, 0);
    }
  }

  @Test
  void fullRange422IsReadToo() throws Exception {
    byte[] yuv = new byte[64 * 48 * 2];
    Arrays.fill(yuv, 0, 64 * 48, (byte) 255);
    Arrays.fill(yuv, 64 * 48, yuv.length, (byte) 128);
    try (TestFrame white = TestFrame.of(64, 48, 0, yuv, AV_PIX_FMT_YUVJ422P)) {
      assertColour(image(Snapshots.plain(white)), 32, 24, 255, 255, 255);
    }
  }

  @Test
  void theArrowOfALinePointsToItsForwardSide() throws Exception {
    try (TestFrame frame = TestFrame.grey(640, 360, 0)) {
      BufferedImage plain = image(Snapshots.plain(frame));
      BufferedImage drawn = image(Snapshots.annotated(frame, seen(List.of()), SCENE));
      // A line drawn downwards: its right-hand side is the picture's left.
      assertThat(difference(plain, drawn, 310, 180)).isGreaterThan(60);
      assertThat(difference(plain, drawn, 330, 180)).isLessThan(20);
    }
  }

  @Test
  void boxesFarOutsideAndLettersBeyondAsciiDoNoHarm() throws Exception {
    Track outside = track(1, "người", new Box(-40, -40, 90, 1e9f), true);
    Track nan = track(2, "", new Box(Float.NaN, 0, 1, 1), false);
    try (TestFrame frame = TestFrame.grey(33, 17, 0)) {
      byte[] jpeg = Snapshots.annotated(frame, seen(List.of(outside, nan)), SCENE);
      assertThat(image(jpeg).getWidth()).isEqualTo(33);
    }
  }

  @Test
  void anAnnotatedVideoHasEveryFrameAtItsTime() throws Exception {
    FfmpegTools.assumeInstalled();
    Path file = folder.resolve("annotated.mp4");
    try (AnnotatedVideoWriter writer = new AnnotatedVideoWriter(file, SCENE, 10)) {
      for (int i = 0; i < 30; i++) {
        long mediaTime = 5000 + i * 9000L + (i > 20 ? 1234 : 0);
        try (TestFrame frame = TestFrame.grey(321, 181, mediaTime)) {
          writer.write(
              frame, seen(List.of(track(i, "car", new Box(0.1f, 0.1f, 0.5f, 0.5f), true))));
        }
      }
    }

    assertThat(FfmpegTools.pictures(file)).hasSize(30).doesNotHaveDuplicates();
    List<Long> times = FfmpegTools.presentationTimes(file);
    assertThat(times.subList(0, 3)).containsExactly(0L, 9000L, 18000L);
    assertThat(times.get(25)).isEqualTo(25 * 9000L + 1234);
    assertThat(FfmpegTools.probe(file, "stream=codec_name,width,height,time_base").trim())
        .isEqualTo("h264,320,180,1/90000");
  }

  @Test
  void anAnnotatedVideoKeepsTheSizeOfItsFirstFrame() throws Exception {
    FfmpegTools.assumeInstalled();
    Path file = folder.resolve("changing.mp4");
    try (AnnotatedVideoWriter writer = new AnnotatedVideoWriter(file, SCENE, 10);
        TestFrame first = TestFrame.grey(320, 180, 0);
        TestFrame larger = TestFrame.grey(640, 480, 9000);
        TestFrame tiny = TestFrame.grey(1, 1, 18000)) {
      writer.write(first, seen(List.of()));
      writer.write(larger, seen(List.of()));
      writer.write(tiny, seen(List.of()));
    }
    assertThat(FfmpegTools.pictures(file)).hasSize(3);
    assertThat(FfmpegTools.probe(file, "stream=width,height").trim()).isEqualTo("320,180");
  }

  @Test
  void aHugePictureIsMadeSmallerForTheCopyAndATinyOneLarger() throws Exception {
    FfmpegTools.assumeInstalled();
    Path file = folder.resolve("huge.mp4");
    try (AnnotatedVideoWriter writer = new AnnotatedVideoWriter(file, SCENE, 10);
        TestFrame huge = TestFrame.grey(7680, 4320, 0)) {
      writer.write(huge, seen(List.of()));
    }
    assertThat(FfmpegTools.probe(file, "stream=width,height").trim()).isEqualTo("3840,2160");
    try (AnnotatedVideoWriter writer = new AnnotatedVideoWriter(file, SCENE, 10);
        TestFrame tiny = TestFrame.grey(1, 1, 0)) {
      writer.write(tiny, seen(List.of()));
    }
    assertThat(FfmpegTools.probe(file, "stream=width,height").trim()).isEqualTo("16,16");
  }

  @Test
  void pixelsThatAreNotSquareAreMadeSquareOnASnapshot() throws Exception {
    try (TestFrame strip = TestFrame.grey(176, 288, 0)) {
      strip.picture().sample_aspect_ratio().num(24);
      strip.picture().sample_aspect_ratio().den(11);
      BufferedImage plain = image(Snapshots.plain(strip));
      assertThat(plain.getWidth()).isEqualTo(384);
      assertThat(plain.getHeight()).isEqualTo(288);
      assertThat(image(Snapshots.annotated(strip, seen(List.of()), SCENE)).getWidth())
          .isEqualTo(384);
    }
  }

  @Test
  void aVideoWithoutFramesIsNoFileAndAFrameOutOfOrderIsRefused() throws Exception {
    Path file = folder.resolve("none.mp4");
    new AnnotatedVideoWriter(file, SCENE, 25).close();
    assertThat(file).doesNotExist();
    try (AnnotatedVideoWriter writer = new AnnotatedVideoWriter(file, SCENE, 25);
        TestFrame frame = TestFrame.grey(320, 180, 0)) {
      writer.write(frame, seen(List.of()));
      assertThatThrownBy(() -> writer.write(frame, seen(List.of()))).hasMessageContaining("later");
    }
  }

  /** Written to the build folder, for people to look at. */
  @Test
  void aRealStreetIsAnnotated() throws Exception {
    FfmpegTools.assumeInstalled();
    assumeTrue(Files.exists(PEDESTRIANS), "Debian package 'opencv-doc' is missing");
    Path raw = folder.resolve("frame.yuv");
    FfmpegTools.run(
        folder,
        ("ffmpeg -v error -ss 5 -i "
                + PEDESTRIANS
                + " -frames:v 1 -pix_fmt yuv420p -f rawvideo "
                + raw)
            .split(" "));
    Observation observation =
        seen(
            List.of(
                track(3, "person", new Box(0.30f, 0.30f, 0.36f, 0.52f), true),
                track(12, "person", new Box(0.62f, 0.22f, 0.67f, 0.42f), true),
                track(7, "car", new Box(0.75f, 0.6f, 0.95f, 0.8f), false),
                track(9, "motorcycle", new Box(0.1f, 0.1f, 0.2f, 0.3f), true)));
    Timestamp now = new Timestamp(MediaTime.ZERO, START);
    Box region = new Box(0.25f, 0.25f, 0.45f, 0.6f);
    Alert alert =
        new Alert(
            AlertId.of("a"),
            new Alert.Origin(CAMERA, RuleId.of("r"), "intrusion"),
            Alert.Phase.OPENED,
            new Alert.Span(now, now),
            new Alert.Participants(List.of(3L), region, List.of()),
            new Alert.Finding("", Map.of()));
    byte[] yuv = Files.readAllBytes(raw);
    try (TestFrame frame = TestFrame.of(768, 576, 0, yuv, avutil.AV_PIX_FMT_YUV420P)) {
      byte[] jpeg = Snapshots.annotated(frame, observation, SCENE, alert);
      Path shown = Path.of("target", "annotated.jpg");
      Files.createDirectories(shown.getParent());
      Files.write(shown, jpeg);
      assertThat(image(jpeg).getHeight()).isEqualTo(576);
    }
  }

  private static Observation seen(List<Track> tracks) {
    return new Observation(CAMERA, 0, START, 768, 576, tracks);
  }

  private static Track track(long id, String label, Box box, boolean seen) {
    return new Track(id, label, 0.87f, box, seen, 0);
  }

  private static BufferedImage image(byte[] jpeg) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  private static void assertColour(BufferedImage image, int x, int y, int... rgb) {
    int pixel = image.getRGB(x, y);
    assertThat(pixel >> 16 & 0xff).isCloseTo(rgb[0], within(6));
    assertThat(pixel >> 8 & 0xff).isCloseTo(rgb[1], within(6));
    assertThat(pixel & 0xff).isCloseTo(rgb[2], within(6));
  }

  private static int difference(BufferedImage one, BufferedImage other, int x, int y) {
    int a = one.getRGB(x, y);
    int b = other.getRGB(x, y);
    return Math.abs((a & 0xff) - (b & 0xff))
        + Math.abs((a >> 8 & 0xff) - (b >> 8 & 0xff))
        + Math.abs((a >> 16 & 0xff) - (b >> 16 & 0xff));
  }
}
