package io.kydai.console.secrets;

import org.jspecify.annotations.Nullable;

/** The key of the stored secrets is missing, unreadable or another one; says what to do. */
public final class SecretsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SecretsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
