package io.kydai.analytics.inference;

import java.util.Locale;

/** The steps from an access unit to alerts. */
public enum Stage {
  DECODE,
  SCALE,
  INFERENCE,
  TRACK,
  RULES;

  /** As in metrics and tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
