package io.kydai.console.settings;

/** A value of a setting cannot be taken. */
public class InvalidSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String field;

  /**
   * @param field which key, such as {@code reasons[0].digit}
   * @param message what would be right
   */
  public InvalidSettingException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns which key. */
  public String field() {
    return field;
  }
}
