package io.kydai.analytics.health;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What can be wrong with a camera's picture. */
public enum Tampering {
  /** Hardly any light, at once. */
  DARK("brightness"),
  /** Neither detail nor the usual outlines: something is before the lens. */
  COVERED("detail"),
  /** The usual outlines, but blurred. */
  DEFOCUSED("sharpness"),
  /** A clear picture of another view. */
  MOVED("likeness"),
  /** The same picture again and again. */
  FROZEN("repeats");

  private final String measure;

  Tampering(String measure) {
    this.measure = requireNonNull(measure);
  }

  /** As in settings and reasons. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what is measured to find it, in one word, as an alert's measures have it. */
  public String measure() {
    return measure;
  }

  /**
   * Returns the first that an alert found, in the order of the constants; empty where it found
   * none.
   *
   * @param measures the names of the alert's measures
   */
  public static Optional<Tampering> first(Set<String> measures) {
    return Arrays.stream(values()).filter(kind -> measures.contains(kind.measure)).findFirst();
  }
}
