package io.kydai.console.deskstatistics;

import static java.util.Objects.requireNonNull;

/**
 * How often a reason was given.
 *
 * @param reason as it was given
 */
public record ReasonCount(String reason, int count) {
  public ReasonCount {
    requireNonNull(reason);
  }
}
