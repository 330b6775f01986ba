package io.kydai.console.search;

import java.util.regex.Pattern;

/**
 * Plates within texts. They are personal data that is searched with a reason only, so they are not
 * among the words of the index, also where a person wrote one into a reason or a label.
 */
final class PlateText {
  /**
   * Two digits, one or two letters and perhaps a digit, and four or five digits: the plates of
   * Vietnam (Circular 79/2024/TT-BCA), with what people write between the parts.
   */
  private static final Pattern PLATE =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}])[0-9]{2}[\\s.\\-]{0,3}[A-Za-zĐđ]{1,2}[0-9]?[\\s.\\-]{0,3}"
              + "[0-9]{3}[\\s.\\-]?[0-9]{1,2}(?![\\p{L}\\p{N}])");

  private PlateText() {}

  /** Returns a text with a blank in the place of each plate. */
  static String without(String text) {
    return PLATE.matcher(text).replaceAll(" ");
  }
}
