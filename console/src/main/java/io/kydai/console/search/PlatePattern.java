package io.kydai.console.search;

import io.kydai.console.reports.InvalidReportRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which plates are looked for: letters and digits, {@code ?} for one of them and {@code *} for any
 * number. Blanks, dots and dashes do not count, as they do not in the plates that are read.
 *
 * @param text the pattern in capital letters
 */
public record PlatePattern(String text) {
  static final char BEGIN = '^';
  static final char END = '$';
  private static final int GRAM = 3;
  private static final int MAX_TYPED = 40;
  private static final Pattern BETWEEN = Pattern.compile("[\\s.\\-]+");
  private static final Pattern KNOWN = Pattern.compile("[A-Z0-9?*]{1,40}");
  private static final Pattern WILDCARDS = Pattern.compile("[?*]+");

  /**
   * Returns the pattern that somebody typed.
   *
   * @throws InvalidReportRequestException when it is none, or says so little of a plate that all of
   *     them would have to be looked at
   */
  public static PlatePattern of(String typed) {
    String text =
        typed.length() > MAX_TYPED
            ? ""
            : BETWEEN
                .matcher(typed)
                .replaceAll("")
                .toUpperCase(Locale.ROOT)
                .replaceAll("[*]+", "*");
    if (!KNOWN.matcher(text).matches()) {
      throw new InvalidReportRequestException(
          "plate",
          "Expected: letters A to Z and digits, '?' for one character and '*' for any number of"
              + " them, at most "
              + MAX_TYPED
              + ".");
    }
    PlatePattern pattern = new PlatePattern(text);
    if (pattern.grams().isEmpty()) {
      throw new InvalidReportRequestException(
          "plate",
          "Expected: two characters at the beginning or the end of the plate, or three in its"
              + " middle.");
    }
    return pattern;
  }

  /** Returns whether it is one plate, without anything left open. */
  public boolean isWhole() {
    return !WILDCARDS.matcher(text).find();
  }

  /** Returns what every plate that fits is found by; there is at least one. */
  List<String> grams() {
    List<String> grams = new ArrayList<>();
    for (String known : WILDCARDS.split(BEGIN + text + END)) {
      grams.addAll(grams(known));
    }
    return grams.stream().distinct().toList();
  }

  /** Returns each three characters of a text that follow one another. */
  static List<String> grams(String text) {
    List<String> grams = new ArrayList<>();
    for (int i = 0; i + GRAM <= text.length(); i++) {
      grams.add(text.substring(i, i + GRAM));
    }
    return grams;
  }

  /** Returns the pattern for SQL's LIKE; a plate has none of its signs. */
  String like() {
    return text.replace('*', '%').replace('?', '_');
  }
}
