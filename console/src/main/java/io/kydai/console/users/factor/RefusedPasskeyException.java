package io.kydai.console.users.factor;

/** A passkey's answer does not count. The message says why, and may be shown. */
public final class RefusedPasskeyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedPasskeyException(String message) {
    super(message);
  }

  RefusedPasskeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
