package io.kydai.console.messages;

/** A person asked for codes too often. */
public final class TooManyCodesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TooManyCodesException(int most) {
    super(most + " codes an hour are sent at most");
  }
}
