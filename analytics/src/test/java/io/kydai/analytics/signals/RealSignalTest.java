package io.kydai.analytics.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real signal head, 34×106 pixels, by day: {@code motorbike_vn_intersection_cctv.mp4}. Its red
 * lamp is lit from 0 to 8.42 s; by eye it is white with an orange rim, yellow, orange, red, a half
 * disc, a dark red and, three times for up to 0.23 s, off: diodes against the shutter. Then the
 * picture is of another place.
 */
class RealSignalTest {
  private static final Logger LOG = LoggerFactory.getLogger(RealSignalTest.class);
  private static final CameraId CAMERA = new CameraId("clip");
  private static final double RED_UNTIL = 8.42;

  /** How many pictures were read as what, while the lamp is red and after that. */
  private static final class Tally {
    private int pictures;
    private int red;
    private int unknown;
    private int wrong;
    private double firstRed = Double.NaN;
    private int redAfter;
    private Duration longest = Duration.ZERO;
  }

  @ParameterizedTest(name = "every {0}. picture, zone moved by {1} and {2} pixels")
  @CsvSource({
    "1, 0, 0",
    "3, 0, 0",
    "5, 0, 0",
    "11, 0, 0",
    "3, -5, 0",
    "3, 5, 0",
    "3, 0, -8",
    "3, 0, 8"
  })
  void aRedThatFlickersAndIsTooBrightIsReadAsRedAndNeverAsAnythingElse(int every, int dx, int dy) {
    Tally tally = read(every, dx, dy);
    LOG.info(
        "every {} moved by {},{}: {} pictures, red {}, unknown {}, wrong {}, first red at {} s,"
            + " longest {} s",
        every,
        dx,
        dy,
        tally.pictures,
        tally.red,
        tally.unknown,
        tally.wrong,
        tally.firstRed,
        tally.longest.toMillis() / 1e3);
    assertThat(tally.wrong).isZero();
    assertThat(tally.firstRed).isLessThanOrEqualTo(every > 5 ? 1.1 : 0.6);
    assertThat(tally.red).isGreaterThan(tally.pictures * 3 / 4);
    assertThat(tally.redAfter).as("read on another picture").isZero();
  }

  private static Tally read(int every, int dx, int dy) {
    Path clip = SharedData.assumeThere("clips/motorbike_vn_intersection_cctv.mp4");
    double left = (1241 + dx) / 1280.0;
    double right = (1275 + dx) / 1280.0;
    double top = (14 + dy) / 720.0;
    double bottom = (120 + dy) / 720.0;
    Zone head =
        new Zone(
            "head",
            List.of(
                new Point(left, top),
                new Point(right, top),
                new Point(right, bottom),
                new Point(left, bottom)),
            ZoneUse.SIGNAL,
            null);
    CameraSignals signals =
        new CameraSignals(CAMERA, new Scene(List.of(), List.of(head)), List.of());
    Tally tally = new Tally();
    try (VideoFile file = VideoFile.open(clip)) {
      Optional<DecodedFrame> next = file.next();
      for (int i = 0; next.isPresent(); i++, next = file.next()) {
        try (DecodedFrame frame = next.get()) {
          if (i % every == 0) {
            signals.look(frame);
            count(signals.shown(CAMERA, "head", frame.wallClock()), frame, tally);
          }
        }
      }
    }
    return tally;
  }

  private static void count(Optional<Shown> shown, DecodedFrame frame, Tally tally) {
    double seconds = frame.mediaTime() / 90_000.0;
    boolean red = shown.map(Shown::light).equals(Optional.of(Light.RED));
    if (seconds > RED_UNTIL) {
      // A flicker may be bridged for 0.45 s and one picture.
      tally.redAfter += red && seconds > RED_UNTIL + 1.2 ? 1 : 0;
      return;
    }
    tally.pictures++;
    tally.wrong += shown.isPresent() && !red ? 1 : 0;
    tally.unknown += shown.isEmpty() ? 1 : 0;
    if (red) {
      tally.firstRed = Double.isNaN(tally.firstRed) ? seconds : tally.firstRed;
      tally.red++;
      Duration lasting = Duration.between(shown.get().since(), frame.wallClock());
      tally.longest = lasting.compareTo(tally.longest) > 0 ? lasting : tally.longest;
    }
  }
}
