package io.kydai.analytics.alert;

import java.util.regex.Pattern;

/**
 * Names an alert, over cameras and restarts.
 *
 * @param value 1 to 128 letters, digits, {@code -} and {@code _}, so that it can stand unescaped in
 *     a path and be the name of a folder
 */
public record AlertId(String value) {
  private static final Pattern VALID = Pattern.compile("[0-9A-Za-z_-]{1,128}");

  /**
   * @throws IllegalArgumentException when the value is not as described above
   */
  public AlertId {
    if (!valid(value)) {
      throw new IllegalArgumentException(
          "an alert's id has 1 to 128 letters, digits, '-' and '_' to be the name of a folder");
    }
  }

  /**
   * @throws IllegalArgumentException when the text is no alert's id
   */
  public static AlertId of(String text) {
    return new AlertId(text);
  }

  /** Returns whether a text is an alert's id. */
  public static boolean valid(String text) {
    return VALID.matcher(text).matches();
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return value;
  }
}
