package io.kydai.ingest.onvif;

import io.kydai.ingest.onvif.soap.Soap;
import io.kydai.ingest.onvif.soap.XmlElement;
import java.util.Optional;

/** Parses the values in a camera's XML. */
final class OnvifText {
  private OnvifText() {}

  /**
   * Returns the text of the first descendant with that name, safe for display; empty when there is
   * none.
   */
  static String shown(XmlElement in, String name) {
    return in.find(name).map(XmlElement::text).map(Soap::shown).orElse("");
  }

  /** Parses a whole number of at most nine digits; returns empty for anything else. */
  static Optional<Integer> integer(String text) {
    return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  /** Parses a decimal number of at least 0 without exponent; returns empty for anything else. */
  static Optional<Double> decimal(String text) {
    return text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?")
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  /**
   * Parses {@code true}, {@code 1} or {@code active}, and {@code false}, {@code 0} or {@code
   * inactive}, in any case; returns empty for anything else.
   */
  static Optional<Boolean> flag(String text) {
    return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1", "active" -> Optional.of(true);
      case "false", "0", "inactive" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
