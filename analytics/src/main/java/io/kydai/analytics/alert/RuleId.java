package io.kydai.analytics.alert;

/**
 * Names a rule among its camera's rules, as the configuration does.
 *
 * @param value a text that is not blank
 */
public record RuleId(String value) {
  /**
   * @throws IllegalArgumentException when the value is blank
   */
  public RuleId {
    if (value.isBlank()) {
      throw new IllegalArgumentException("a rule's id is not blank");
    }
  }

  /**
   * @throws IllegalArgumentException when the text is blank
   */
  public static RuleId of(String text) {
    return new RuleId(text);
  }

  /** Returns the text. */
  @Override
  public String toString() {
    return value;
  }
}
