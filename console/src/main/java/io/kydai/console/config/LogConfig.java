package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the log.
 *
 * @param format null for that of the environment
 */
public record LogConfig(@Nullable Format format) {
  /** The form of each line. */
  public enum Format {
    /** For people: time, level, class, message, and the request's id. */
    TEXT,
    /** For machines: one JSON object for each event, with the request's id under {@code mdc}. */
    JSON
  }

  static final Shape<LogConfig> KEYS =
      Shape.of(
          LogConfig.class,
          key(
                  "format",
                  ValueType.choice(Format.class),
                  "the form of each line on standard error; `json` is one object for each event")
              .shown("`KYDAI_LOG_FORMAT` in the environment, or `text`"));

  /** The default settings. */
  public static final LogConfig DEFAULT = KEYS.defaults();
}
