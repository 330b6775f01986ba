package io.kydai.console.config;

import io.kydai.analytics.budget.Attention;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reads how closely a camera is to be looked at: {@code analysis}. */
final class AttentionReader {
  static final double MIN_FPS = 0.1;
  static final double MAX_FPS = 60;

  /** The words for priorities; any other is a number. */
  static final Map<String, Double> PRIORITIES =
      Map.of("low", Attention.LOW, "normal", Attention.NORMAL, "high", Attention.HIGH);

  /** For an idle rate: there is none. */
  static final String OFF = "off";

  private AttentionReader() {}

  /**
   * @param camera the camera's section
   */
  static Attention attention(Section camera) {
    return camera
        .get("analysis")
        .flatMap(Value::section)
        .map(
            section -> {
              double priority =
                  section
                      .get("priority")
                      .flatMap(AttentionReader::priority)
                      .orElse(Attention.DEFAULT.priority());
              Optional<Double> idle = idleFps(section);
              section.end();
              return new Attention(
                  priority, idle.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
            })
        .orElse(Attention.DEFAULT);
  }

  private static Optional<Double> priority(Value at) {
    return word(
        at, PRIORITIES, Attention.LOW, Attention.HIGH, "low, normal, high or a number is expected");
  }

  /** Frames per second while nothing moves; infinity where it is {@code off}. */
  static Optional<Double> idleFps(Section section) {
    return section
        .get("idle-fps")
        .flatMap(
            at ->
                word(
                    at,
                    Map.of(OFF, Double.POSITIVE_INFINITY),
                    MIN_FPS,
                    MAX_FPS,
                    "a number or off is expected"));
  }

  private static Optional<Double> word(
      Value at, Map<String, Double> words, double min, double max, String wanted) {
    return at.word()
        .map(
            word ->
                words.containsKey(word) ? Optional.of(words.get(word)) : at.<Double>wrong(wanted))
        .orElseGet(() -> at.number(min, max));
  }

  static Optional<Double> fps(Section section, String key) {
    return section.get(key).flatMap(at -> at.number(MIN_FPS, MAX_FPS));
  }
}
