package io.kydai.console.statistics;

/** A request that cannot be answered; the message says why. */
public final class InvalidStatisticsRequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String field;

  InvalidStatisticsRequestException(String field, String message) {
    super(message);
    this.field = field;
  }

  /** Returns the parameter that is wrong. */
  public String field() {
    return field;
  }
}
