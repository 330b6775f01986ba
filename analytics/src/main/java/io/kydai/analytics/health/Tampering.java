package io.kydai.analytics.health;

import java.util.Locale;

/** What can be wrong with a camera's picture. */
public enum Tampering {
  /** Hardly any light, at once. */
  DARK,
  /** Neither detail nor the usual outlines: something is before the lens. */
  COVERED,
  /** The usual outlines, but blurred. */
  DEFOCUSED,
  /** A clear picture of another view. */
  MOVED,
  /** The same picture again and again. */
  FROZEN;

  /** As in settings and reasons. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
