package io.kydai.console.config.tree;

import static java.util.Objects.requireNonNull;

/**
 * A text that logs, errors and responses must not show; {@code toString} hides it.
 *
 * @param written the text of the configuration, which may be or contain a reference such as {@code
 *     ${NAME}} or {@code file:/run/secrets/name}; this is the form that is stored on disk
 * @param value the resolved text
 */
public record Secret(String written, String value) {
  public Secret {
    requireNonNull(written);
    requireNonNull(value);
  }

  /** Returns a secret without references. */
  public static Secret of(String value) {
    return new Secret(value, value);
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
