package io.kydai.console.admin;

import java.io.Serial;

/** The command cannot do what was asked; the message says why. */
final class AdminException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  AdminException(String message) {
    super(message);
  }
}
