package io.kydai.ingest.onvif;

import java.util.Optional;

/** Values out of a camera's texts. */
final class OnvifText {
  private OnvifText() {}

  /** A text that stands somewhere below, fit to be shown; empty where there is none. */
  static String shown(XmlElement in, String name) {
    return in.find(name).map(XmlElement::text).map(Soap::shown).orElse("");
  }

  /** A whole number of at most nine digits. */
  static Optional<Integer> integer(String text) {
    return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
  }

  /** A plain decimal number, not below 0. */
  static Optional<Double> decimal(String text) {
    return text.matches("[0-9]{1,6}(\\.[0-9]{1,9})?")
        ? Optional.of(Double.parseDouble(text))
        : Optional.empty();
  }

  /** {@code true} and {@code 1}, {@code false} and {@code 0}, in any case. */
  static Optional<Boolean> flag(String text) {
    return switch (text.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "true", "1", "active" -> Optional.of(true);
      case "false", "0", "inactive" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
