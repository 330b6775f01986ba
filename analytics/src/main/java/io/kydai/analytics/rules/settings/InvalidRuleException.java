package io.kydai.analytics.rules.settings;

/** A rule's settings are wrong. */
public class InvalidRuleException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String key;

  /**
   * @param key which of the rule's keys is wrong
   * @param message what is wrong, and what would be right
   */
  public InvalidRuleException(String key, String message) {
    super(message);
    this.key = key;
  }

  /** Which of the rule's keys is wrong. */
  public String key() {
    return key;
  }
}
