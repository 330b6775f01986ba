package io.kydai.console.http.answer;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats names and values for the words of answers. */
public final class ErrorText {
  private static final int LONGEST = 60;

  private ErrorText() {}

  /**
   * Returns a client's text cut to 60 characters, without control characters, for answers and logs.
   */
  public static String shown(String value) {
    StringBuilder shown = new StringBuilder();
    value
        .codePoints()
        .limit(LONGEST)
        .map(c -> Character.isISOControl(c) || !Character.isDefined(c) ? '?' : c)
        .forEach(shown::appendCodePoint);
    return value.codePointCount(0, value.length()) > LONGEST
        ? shown.append("…").toString()
        : shown.toString();
  }

  public static String sorted(Collection<String> words) {
    return words.isEmpty() ? "none" : words.stream().sorted().collect(Collectors.joining(", "));
  }

  /** Returns a constant's name as JSON has it: {@code IN_PROGRESS} is {@code in-progress}. */
  public static String dashed(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the constant of such a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static <E extends Enum<E>> E constant(Class<E> type, String dashed) {
    for (E constant : type.getEnumConstants()) {
      if (dashed(constant).equals(dashed)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("no such " + type.getSimpleName());
  }
}
