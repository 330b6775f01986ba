package io.kydai.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.ingest.SharedData;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real clips of cameras that stand still, as they are and shifted by a known way. */
class ShakenFootageTest {
  private static final long UNTIL = 20 * 90_000L;
  private static final long APART = 90_000 / 6;
  private static final int BEGINNING = 12; // pictures until the usual view is known

  /** Five or six pictures a second. */
  private static void play(String name, Predicate<DecodedFrame> see) {
    long last = Long.MIN_VALUE / 2;
    try (VideoFile file = VideoFile.open(SharedData.assumeThere(name))) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        boolean more = true;
        try (DecodedFrame frame = next.get()) {
          if (frame.mediaTime() - last >= APART) {
            last = frame.mediaTime();
            more = see.test(frame) && frame.mediaTime() < UNTIL;
          }
        }
        next = more ? file.next() : Optional.empty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clips/TUD-Campus.mp4",
        "clips/car-detection.mp4",
        "clips/crowd_plaza.mp4",
        "clips/motorbike_vn_intersection_cctv.mp4",
        "clips/one-by-one-person-detection.mp4",
        "clips/pets09-s2l1_vtest.avi",
        "clips/traffic_intersection_uadetrac.mp4",
        "clips/traffic_suburban_road.mp4"
      })
  void aCameraThatStandsStillIsNeverMoved(String name) {
    ViewStabiliser stabiliser = new ViewStabiliser();
    play(
        name,
        frame -> {
          assertThat(stabiliser.observe(frame))
              .as("at %d", frame.mediaTime())
              .isEqualTo(ViewDisplacement.NONE);
          return true;
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "clips/pets09-s2l1_vtest.avi",
        "clips/traffic_intersection_uadetrac.mp4",
        "clips/traffic_suburban_road.mp4"
      })
  void theKnownWayOfAShakenClipIsMeasured(String name) {
    ViewStabiliser stabiliser = new ViewStabiliser();
    Random random = new Random(11);
    double[] sum = new double[5]; // pictures, ways right and down, errors, errors without
    play(
        name,
        frame -> {
          int most = frame.width() * 15 / 1000;
          int right = random.nextInt(2 * most + 1) - most;
          int down = random.nextInt(2 * most + 1) - most;
          sum[0]++;
          sum[1] += right;
          sum[2] += down;
          try (DecodedFrame shaken = shifted(frame, most, right, down)) {
            ViewDisplacement view = stabiliser.observe(shaken);
            double awayX = right - sum[1] / sum[0];
            double awayY = down - sum[2] / sum[0];
            if (sum[0] > BEGINNING) {
              sum[3] +=
                  Math.hypot(
                      view.right() * shaken.width() - awayX, view.down() * shaken.height() - awayY);
              sum[4] += Math.hypot(awayX, awayY);
            }
          }
          return true;
        });
    assertThat(sum[0]).isGreaterThan(BEGINNING + 20);
    assertThat(sum[3]).as("of %.1f pixels without", sum[4]).isLessThan(sum[4] / 3);
  }

  /** The middle of a picture's brightness, moved by less than the margin. */
  private static DecodedFrame shifted(DecodedFrame frame, int margin, int right, int down) {
    AVFrame picture = frame.picture();
    int stride = picture.linesize(0);
    int width = frame.width();
    int height = frame.height();
    ByteBuffer plane =
        picture.data(0).capacity((long) stride * (height - 1) + width).asByteBuffer();
    return GreyPicture.of(
        width - 2 * margin,
        height - 2 * margin,
        frame.mediaTime(),
        (x, y) -> plane.get((y + margin - down) * stride + x + margin - right) & 0xff);
  }
}
