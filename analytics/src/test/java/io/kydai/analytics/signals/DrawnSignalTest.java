package io.kydai.analytics.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.rules.settings.SignalFeed.Light;
import io.kydai.analytics.signals.DrawnHead.Countdown;
import io.kydai.analytics.signals.DrawnHead.Look;
import io.kydai.analytics.signals.DrawnHead.Phase;
import io.kydai.analytics.signals.DrawnHead.Weather;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawn signal heads, whose truth is exact, in the lights and with the faults that there are. */
class DrawnSignalTest {
  private static final double FPS = 10;

  @AfterEach
  void nothingIsLeftOpen() {
    assertThat(OpenNatives.frames()).isZero();
  }

  static Stream<Arguments> appearances() {
    List<Arguments> all = new ArrayList<>();
    for (Weather weather : Weather.values()) {
      for (int length : new int[] {84, 40, 21, 12}) {
        all.add(Arguments.of(weather, length, true, false, Countdown.NONE, 0));
      }
      all.add(Arguments.of(weather, 40, true, false, Countdown.NONE, 12));
      all.add(Arguments.of(weather, 12, true, false, Countdown.NONE, 12));
      all.add(Arguments.of(weather, 60, false, false, Countdown.NONE, 0));
      all.add(Arguments.of(weather, 60, true, true, Countdown.NONE, 0));
      all.add(Arguments.of(weather, 24, true, true, Countdown.NONE, 4));
      all.add(Arguments.of(weather, 60, true, false, Countdown.IN_THE_AMBER_LAMP, 0));
      all.add(Arguments.of(weather, 30, true, false, Countdown.BESIDE, 0));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, {1} pixels, vertical {2}, flicker {3}, countdown {4}, noise {5}")
  @MethodSource("appearances")
  void everyLightIsReadInTimeAndNoneIsMistaken(
      Weather weather,
      int length,
      boolean vertical,
      boolean flicker,
      Countdown countdown,
      int noise) {
    DrawnHead head = new DrawnHead(length, vertical);
    // Who draws a zone for a head with digits beside it takes in some of them.
    double wider = countdown == Countdown.BESIDE ? 1.7 : 1;
    DrawnFilm.Result result =
        DrawnFilm.read(
            head,
            head.zone(0, 0, wider),
            FPS,
            noise,
            i ->
                DrawnFilm.look(
                    weather, i / FPS, flicker ? DrawnFilm.flicker(i) : Phase.FULL, countdown));
    assertThat(result.wrong()).as("wrong: " + result).isZero();
    // Of a head of 12 pixels among white ones the green is lost; that accuses nobody.
    boolean tooHard = weather == Weather.SUN && length == 12;
    assertThat(result.late())
        .as("unknown: " + result)
        .isLessThanOrEqualTo(tooHard ? result.pictures() / 2 : flicker ? 12 : 0);
  }

  @ParameterizedTest(name = "moved by {0} of a lamp")
  @ValueSource(doubles = {-0.6, -0.45, -0.3, -0.2, 0.2, 0.3, 0.45, 0.6})
  void aZoneThatIsOffMayBeUnclearButNeverAccuses(double shift) {
    for (Weather weather : Weather.values()) {
      for (int length : new int[] {84, 24}) {
        DrawnHead head = new DrawnHead(length, true);
        for (Light light : Light.values()) {
          String what = weather + " " + length + " " + light;
          LampReading along = glance(head, new Look(weather, light), 0, shift);
          LampReading across = glance(head, new Look(weather, light), shift, 0);
          if (light != Light.RED) {
            assertThat(along).as(what).isNotEqualTo(LampReading.RED);
          }
          assertThat(across.light().orElse(light)).as(what).isEqualTo(light);
          if (Math.abs(shift) <= 0.2 && length == 84) {
            assertThat(along).as(what).isEqualTo(LampReading.of(light));
            assertThat(across).as(what).isEqualTo(LampReading.of(light));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Weather.class)
  void twoLampsAtOnceAndNoneAreUnclear(Weather weather) {
    DrawnHead head = new DrawnHead(48, true);
    assertThat(glance(head, lit(weather, Light.RED, Light.GREEN))).isEqualTo(LampReading.SEVERAL);
    assertThat(glance(head, lit(weather, Light.RED, Light.AMBER))).isEqualTo(LampReading.SEVERAL);
    assertThat(glance(head, lit(weather))).isEqualTo(LampReading.DARK);
    assertThat(glance(head, lit(weather, Light.RED))).isEqualTo(LampReading.RED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xd02020, 0xe0a030, 0x208040, 0xffffff, 0x000000, 0xffe9d0, 0x808080})
  void whatStandsBeforeTheWholeHeadIsNoLight(int colour) {
    DrawnHead head = new DrawnHead(48, true);
    AVFrame picture = head.plain(colour);
    assertThat(glance(head, picture, 0, 0).light()).isEmpty();
  }

  @Test
  void aGreenWhereRedBelongsTellsThatTheZoneIsOff() {
    DrawnHead head = new DrawnHead(48, true);
    assertThat(glance(head, new Look(Weather.DAY, Light.GREEN), 0, 2))
        .isEqualTo(LampReading.MISPLACED);
    assertThat(glance(head, new Look(Weather.DAY, Light.RED), 0, -1))
        .isEqualTo(LampReading.MISPLACED);
  }

  @Test
  void ofTooFewPixelsNothingIsRead() {
    DrawnHead head = new DrawnHead(6, true);
    assertThat(glance(head, new Look(Weather.DAY, Light.RED))).isEqualTo(LampReading.UNREADABLE);
  }

  private static Look lit(Weather weather, Light... lights) {
    return new Look(weather, Set.of(lights), Phase.FULL, Countdown.NONE);
  }

  private static LampReading glance(DrawnHead head, Look look) {
    return glance(head, look, 0, 0);
  }

  /** One picture's. */
  private static LampReading glance(DrawnHead head, Look look, double right, double down) {
    return glance(head, head.picture(look, 0, new Random(1)), right, down);
  }

  private static LampReading glance(DrawnHead head, AVFrame picture, double right, double down) {
    try (DecodedFrame frame = DecodedFrame.ofFile(picture, 0)) {
      PictureColours colours = new PictureColours();
      assertThat(colours.open(frame)).isTrue();
      HeadColours read = new HeadColours(head.zone(right, down, 1));
      if (!read.look(colours, frame.width(), frame.height())) {
        return LampReading.UNREADABLE;
      }
      return Lamps.read(read.amounts(), read.whites(), read.amberCentre());
    }
  }
}
