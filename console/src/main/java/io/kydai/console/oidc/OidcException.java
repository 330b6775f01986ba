package io.kydai.console.oidc;

/** A log-in by the provider failed. The message says why, for the log and the audit. */
public final class OidcException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  OidcException(String message) {
    super(message);
  }

  OidcException(String message, Throwable cause) {
    super(message, cause);
  }
}
