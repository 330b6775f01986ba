package io.kydai.console.audit;

import java.util.Locale;

/** Texts of entries. */
final class AuditText {
  private static final char REPLACEMENT = '\ufffd';

  private AuditText() {}

  /**
   * Returns a text that every database and every JSON library reads back as it was written: NUL and
   * surrogates without their pair become U+FFFD.
   */
  static String storable(String text) {
    StringBuilder storable = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
      } else if (c == 0 || Character.isSurrogate(c)) {
        storable = storable == null ? new StringBuilder(text) : storable;
        storable.setCharAt(i, REPLACEMENT);
      }
    }
    return storable == null ? text : storable.toString();
  }

  /**
   * Returns a storable text of at most the given number of characters, with "…" where it is cut.
   */
  static String shortened(String text, int most) {
    return storable(text.length() <= most ? text : text.substring(0, most - 1) + "…");
  }

  /** Returns a constant's name in lower case with dashes. */
  static String dashed(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
