package io.kydai.streaming.export;

import static io.kydai.streaming.SampleVideo.CAMERA;
import static io.kydai.streaming.SampleVideo.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.scene.Point;
import io.kydai.models.detection.Box;
import io.kydai.streaming.SampleVideo;
import io.kydai.streaming.annotation.AnnotatedPicture;
import io.kydai.streaming.privacy.BlurTarget;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.PrivacyMask;
import io.kydai.streaming.privacy.Redaction;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RenderedVideoTest {
  private static final ZoneId HUE = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final Privacy LEFT =
      new Privacy(
          List.of(
              new PrivacyMask(
                  "left",
                  List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1)))),
          Set.of());

  @TempDir Path folder;
  private final Redaction redaction = new Redaction(null);
  private Path source;

  @BeforeEach
  void encode() throws Exception {
    source = SampleVideo.encode(folder, 1, 2).file();
  }

  @AfterEach
  void close() {
    redaction.close();
  }

  private RenderedVideo.Rendered render(Rendition rendition, Observation... observed)
      throws IOException {
    return RenderedVideo.render(
        source,
        folder.resolve("out.mp4"),
        CAMERA,
        START,
        rendition,
        List.of(observed),
        redaction,
        part -> {});
  }

  private static TreeMap<Long, byte[]> pictures(Path file) {
    TreeMap<Long, byte[]> pictures = new TreeMap<>();
    try (VideoFile video = VideoFile.open(file);
        AnnotatedPicture picture = new AnnotatedPicture()) {
      Optional<DecodedFrame> next = video.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          Mat mat = picture.fill(frame);
          byte[] bytes = new byte[mat.cols() * mat.rows() * 3];
          ((ByteBuffer) mat.createBuffer()).get(bytes);
          pictures.put(frame.mediaTime(), bytes);
        }
        next = video.next();
      }
    }
    return pictures;
  }

  private static double difference(
      byte[] one, byte[] other, int fromX, int toX, int fromY, int toY) {
    long sum = 0;
    for (int y = fromY; y < toY; y++) {
      for (int i = 3 * (y * 320 + fromX); i < 3 * (y * 320 + toX); i++) {
        sum += Math.abs((one[i] & 255) - (other[i] & 255));
      }
    }
    return sum / (3.0 * (toX - fromX) * (toY - fromY));
  }

  @Test
  void everyPictureHasItsTimeTheMaskAndTheClock() throws Exception {
    var rendered = render(new Rendition(false, true, HUE, LEFT));

    assertThat(rendered).isEqualTo(new RenderedVideo.Rendered(25, 0, 0));
    TreeMap<Long, byte[]> before = pictures(source);
    TreeMap<Long, byte[]> after = pictures(folder.resolve("out.mp4"));
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach(
        (time, picture) -> {
          for (int x = 4; x < 150; x += 7) {
            assertThat(picture[3 * (60 * 320 + x)] & 255).isBetween(66, 78);
          }
          assertThat(difference(before.get(time), picture, 200, 316, 10, 140)).isLessThan(6);
        });
    // The clock stands in the lower left corner, on the mask, and it goes on.
    byte[] first = after.firstEntry().getValue();
    assertThat(difference(first, after.lastEntry().getValue(), 0, 300, 168, 180)).isPositive();
    int light = 0;
    for (int x = 0; x < 320; x++) {
      for (int y = 165; y < 180; y++) {
        light += (first[3 * (y * 320 + x)] & 255) > 180 ? 1 : 0;
      }
    }
    assertThat(light).isGreaterThan(60);
  }

  @Test
  void boxesAreDrawnWhereSomethingWasObserved() throws Exception {
    Track car = new Track(4, "car", 0.8f, new Box(0.5f, 0.3f, 0.9f, 0.8f), true, 0);
    Observation early = new Observation(CAMERA, 0, START.plusMillis(80), 320, 180, List.of(car));

    var rendered = render(new Rendition(true, false, HUE, Privacy.NONE), early);

    assertThat(rendered.pictures()).isEqualTo(25);
    assertThat(rendered.boxed()).as("as far as 400 ms from the observation").isEqualTo(13);
    TreeMap<Long, byte[]> before = pictures(source);
    TreeMap<Long, byte[]> after = pictures(folder.resolve("out.mp4"));
    assertThat(
            difference(
                before.firstEntry().getValue(), after.firstEntry().getValue(), 159, 163, 60, 140))
        .isGreaterThan(20);
    assertThat(
            difference(
                before.lastEntry().getValue(), after.lastEntry().getValue(), 159, 163, 60, 140))
        .isLessThan(12);
  }

  @Test
  void withoutADetectorAllThatIsToBeBlurredIsBlurredAsAWhole() throws Exception {
    Privacy faces = new Privacy(List.of(), Set.of(BlurTarget.FACES));
    assertThat(render(new Rendition(false, false, HUE, faces)).blurredWhole()).isEqualTo(25);
    TreeMap<Long, byte[]> before = pictures(source);
    pictures(folder.resolve("out.mp4"))
        .forEach(
            (time, picture) ->
                assertThat(difference(before.get(time), picture, 0, 320, 0, 180))
                    .isGreaterThan(15));
  }

  @Test
  void theProgressMayEndIt() {
    assertThatThrownBy(
            () ->
                RenderedVideo.render(
                    source,
                    folder.resolve("out.mp4"),
                    CAMERA,
                    START,
                    new Rendition(false, true, HUE, LEFT),
                    List.of(),
                    redaction,
                    part -> {
                      throw new IOException("enough");
                    }))
        .hasMessage("enough");
  }
}
