package io.kydai.console.config.camera;

import static io.kydai.models.document.Key.key;

import io.kydai.analytics.budget.Attention;
import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of {@code analysis}: a camera's share of the analysis. */
public final class AttentionKeys {
  /** The lowest rate of analysis that can be configured, in frames per second. */
  public static final double MIN_FPS = 0.1;

  /** The highest rate of analysis that can be configured, in frames per second. */
  public static final double MAX_FPS = 60;

  /** The type of a rate in frames per second. */
  public static final ValueType<Double> FPS = ValueType.number(MIN_FPS, MAX_FPS);

  /** The type of the rate while nothing moves, in frames per second; infinity for {@code off}. */
  public static final ValueType<Double> IDLE_FPS =
      ValueType.wordOr(
          Map.of("off", Double.POSITIVE_INFINITY),
          FPS.saying(FPS.range() + " frames per second"),
          "a number or off");

  private static final ValueType<Double> PRIORITY =
      ValueType.wordOr(
          priorities(),
          ValueType.number(Attention.LOW, Attention.HIGH),
          "low, normal, high or a number");

  static final Shape<Keys> SHAPE =
      Shape.of(
          Keys.class,
          key(
                  "priority",
                  PRIORITY,
                  "the camera's weight when the machine cannot analyse all frames: `low` (1), `normal`"
                      + " (3), `high` (10), or a number; three times that while one of its alerts"
                      + " is open and for 10 s after")
              .otherwise(Attention.DEFAULT.priority()),
          key("idle-fps", IDLE_FPS, "the rate of analysis while nothing moves")
              .shown("the node's"));

  static final ValueType<Attention> TYPE =
      SHAPE.type().as((keys, at) -> Optional.of(keys.attention()), Keys::of);

  private AttentionKeys() {}

  private static Map<String, Double> priorities() {
    Map<String, Double> words = new LinkedHashMap<>();
    words.put("low", Attention.LOW);
    words.put("normal", Attention.NORMAL);
    words.put("high", Attention.HIGH);
    return words;
  }

  /** The values of the keys. */
  record Keys(double priority, @Nullable Double idleFps) {
    static Keys of(Attention attention) {
      return new Keys(attention.priority(), attention.idleFps());
    }

    Attention attention() {
      return new Attention(priority, idleFps);
    }
  }
}
