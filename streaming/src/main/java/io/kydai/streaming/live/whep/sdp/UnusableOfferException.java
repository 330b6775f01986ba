package io.kydai.streaming.live.whep.sdp;

/** A description that cannot be met; the message says what it lacks, and in which line. */
public final class UnusableOfferException extends Exception {
  private static final long serialVersionUID = 1;

  private final String field;

  UnusableOfferException(String field, String message) {
    super(message, null, false, false);
    this.field = field;
  }

  /** Returns the attribute that is wrong or missing, such as {@code a=rtcp-mux}. */
  public String field() {
    return field;
  }
}
