package io.kydai.analytics.health;

import static java.util.Objects.requireNonNull;

/**
 * What is wrong with the newest picture.
 *
 * @param value what was measured on this picture
 * @param normal the same as learnt of this camera
 * @param limit on which side of it a picture is wrong
 * @param words the same for a person
 */
public record TamperFinding(
    Tampering kind, double value, double normal, double limit, String words) {
  public TamperFinding {
    requireNonNull(kind);
    requireNonNull(words);
  }
}
