package io.kydai.console.store;

import io.kydai.console.store.engine.StoreFailure;
import java.sql.SQLException;
import java.util.Optional;

/** Finds the failed statement among the causes of an exception. */
final class Failures {
  private Failures() {}

  /** Returns the failure of which an exception is the result; empty when no statement failed. */
  static Optional<StoreFailure> of(Throwable thrown, StoreFailure.Interpreter interpreter) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return Optional.of(interpreter.failure(e));
      }
    }
    return Optional.empty();
  }
}
