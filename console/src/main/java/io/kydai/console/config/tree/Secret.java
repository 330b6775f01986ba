package io.kydai.console.config.tree;

import static java.util.Objects.requireNonNull;

/**
 * A text that logs, errors and answers must not show. Its {@code toString} hides it.
 *
 * @param written as it stands in the configuration, where a reference such as {@code ${NAME}} or
 *     {@code file:/run/secrets/name} may stand for the text; this is what is kept on disk
 * @param value the text itself
 */
public record Secret(String written, String value) {
  public Secret {
    requireNonNull(written);
    requireNonNull(value);
  }

  /** A secret that is written out, without a reference. */
  public static Secret of(String value) {
    return new Secret(value, value);
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
