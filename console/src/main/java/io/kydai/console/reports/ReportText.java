package io.kydai.console.reports;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks what people write. */
final class ReportText {
  private ReportText() {}

  /**
   * @param needed whether it may not be left out
   * @return without white space around it; a blank text counts as left out
   */
  static Optional<String> checked(String field, @Nullable String text, int max, boolean needed) {
    Optional<String> stripped =
        Optional.ofNullable(text).map(String::strip).filter(value -> !value.isEmpty());
    if (stripped.isEmpty() && needed) {
      throw new InvalidReportRequestException(field, "it is needed for this, and is missing");
    }
    if (stripped.filter(value -> value.length() > max).isPresent()) {
      throw new InvalidReportRequestException(
          field, "at most %d characters are expected".formatted(max));
    }
    if (stripped.filter(ReportText::hasControls).isPresent()) {
      throw new InvalidReportRequestException(field, "it has control characters");
    }
    return stripped;
  }

  /** Returns a text of the node itself as a step can have it: cut, and without controls. */
  static String cleaned(String text, int max) {
    String clean =
        text.chars()
            .map(c -> Character.isISOControl(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    return clean.length() <= max ? clean : clean.substring(0, max);
  }

  private static boolean hasControls(String text) {
    return text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
  }
}
