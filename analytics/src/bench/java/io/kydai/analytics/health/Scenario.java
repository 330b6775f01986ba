package io.kydai.analytics.health;

import static io.kydai.analytics.health.Tampering.COVERED;
import static io.kydai.analytics.health.Tampering.DARK;
import static io.kydai.analytics.health.Tampering.DEFOCUSED;
import static io.kydai.analytics.health.Tampering.FROZEN;
import static io.kydai.analytics.health.Tampering.MOVED;

import io.kydai.analytics.alert.Alert;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happens to a camera after more than a minute of its usual pictures; afterwards
 * these come again.
 *
 * @param expected what is to be told, if anything
 * @param seconds how long it lasts
 */
record Scenario(String name, Optional<Tampering> expected, double seconds, Act act) {
  static final double BEFORE = 75;
  static final double AFTER = 15;

  /** What the camera shows then. */
  interface Act {
    /**
     * @param number of the picture, counted on from those before
     * @param seconds since it began
     */
    Grey at(Footage clip, int number, double seconds);
  }

  private interface Effect {
    Grey of(Grey grey);
  }

  /** Works on each of the clip's few pictures once, however long it lasts. */
  private static Act each(Effect effect) {
    Map<Grey, Grey> done = new HashMap<>();
    return (clip, number, seconds) -> done.computeIfAbsent(clip.at(number), effect::of);
  }

  private static Scenario told(String name, Tampering expected, Act act) {
    return new Scenario(name, Optional.of(expected), 80, act);
  }

  private static Scenario harmless(String name, double seconds, Act act) {
    return new Scenario(name, Optional.empty(), seconds, act);
  }

  /**
   * @param another pictures of another place
   */
  static List<Scenario> all(Footage another) {
    List<Scenario> all = new ArrayList<>();
    all.add(told("light goes out at once", DARK, each(g -> g.curve(v -> 16 + (v - 16) / 20))));
    all.add(told("black cover", DARK, each(g -> g.curve(v -> 17).noise(1, 5))));
    all.add(told("hand before the lens", COVERED, each(g -> g.hand(g.seed()))));
    all.add(told("white paper", COVERED, each(g -> g.curve(v -> 210).noise(1, 9))));
    all.add(told("blurred by 1 % of the width", DEFOCUSED, each(g -> g.blur(g.width() / 100))));
    all.add(told("blurred by 2 %", DEFOCUSED, each(g -> g.blur(g.width() / 50))));
    all.add(told("turned aside by 5 %", MOVED, each(g -> g.shift(0.05, 0))));
    all.add(told("turned aside by 15 %, and down", MOVED, each(g -> g.shift(-0.15, 0.1))));
    all.add(told("rolled by 10°", MOVED, each(g -> g.rotate(10))));
    Map<Grey, Grey> others = new HashMap<>();
    all.add(
        told(
            "another view",
            MOVED,
            (clip, number, seconds) ->
                others.computeIfAbsent(
                    another.at(number),
                    grey -> grey.fit(clip.at(0).width(), clip.at(0).height()))));
    all.add(told("the same picture", FROZEN, (clip, number, seconds) -> clip.at(7)));
    all.add(
        told(
            "the same, key frames a little different",
            FROZEN,
            (clip, number, seconds) -> clip.at(7).noise(0.4, (long) (seconds / 3))));
    all.add(harmless("a bus fills the view for 5 s", 5, each(Scenario::bus)));
    all.add(harmless("glaring headlights for 8 s", 8, each(Scenario::glare)));
    all.add(harmless("a lorry stands before half the view", 80, each(Scenario::lorry)));
    all.add(harmless("night falls in 15 min", 900, Scenario::dusk));
    all.add(harmless("the infrared light goes on", 80, each(Scenario::infrared)));
    all.add(harmless("half the light at once", 80, each(g -> g.curve(v -> 16 + (v - 16) / 2))));
    all.add(
        harmless(
            "fog: 40 % of the contrast", 80, each(g -> g.curve(v -> 150 + (v - 150) * 2 / 5))));
    all.add(
        harmless(
            "rain and noise",
            80,
            (clip, number, seconds) -> clip.at(number).rain(number).noise(6, number)));
    all.add(
        harmless(
            "nothing moves, but the noise",
            120,
            (clip, number, seconds) -> clip.at(7).noise(1, number)));
    all.add(
        harmless(
            "sways by 1 %",
            80,
            (clip, number, seconds) ->
                clip.at(number).shift(0.01 * Math.sin(number), 0.01 * Math.cos(1.3 * number))));
    return all;
  }

  private static Grey bus(Grey grey) {
    return grey.change((x, y, v) -> y % 90 < 30 ? 60 + x % 50 : 130);
  }

  private static Grey lorry(Grey grey) {
    return grey.change((x, y, v) -> x < grey.width() / 2 ? (y % 60 < 3 ? 60 : 140) : v);
  }

  private static Grey glare(Grey grey) {
    return grey.change(
        (x, y, v) -> {
          double dx = (x - grey.width() * 0.6) / grey.width();
          double dy = (y - grey.height() * 0.5) / grey.height();
          return (int) (v * 0.4 + 300 * Math.exp(-6 * (dx * dx + dy * dy)));
        });
  }

  private static Grey dusk(Footage clip, int number, double seconds) {
    double light = Math.exp(-seconds / 900 * Math.log(40));
    return clip.at(number)
        .curve(v -> (int) (16 + Math.max(0, v - 16) * light))
        .noise(3 * (1 - light), number);
  }

  private static Grey infrared(Grey grey) {
    return grey.change(
            (x, y, v) -> {
              double dx = (x - grey.width() / 2.0) / grey.width();
              double dy = (y - grey.height() / 2.0) / grey.height();
              double spot = 1 - 0.9 * Math.hypot(dx, dy);
              return (int) (16 + 180 * Math.pow(Math.max(0, v - 16) / 219.0, 0.7) * spot);
            })
        .noise(2, grey.seed());
  }

  /** What was told. */
  List<Alert> play(Footage clip, double fps) {
    try (Projector projector = new Projector(fps, Map.of())) {
      projector.show(BEFORE, clip::at);
      projector.show(seconds, number -> act.at(clip, number, projector.seconds() - BEFORE));
      projector.show(AFTER, clip::at);
      return projector.alerts;
    }
  }
}
