package io.kydai.console.backup;

import org.jspecify.annotations.Nullable;

/** The exception for a copy or a backup that cannot be made or used; the message says why. */
public class CopyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CopyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
