package io.kydai.console.verifier;

import static java.util.Objects.requireNonNull;

/** A verifier gave no remark. The message has no part of its answer, and no secret. */
public class VerifierException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why there is no remark, as the metrics have it. */
  public enum Reason {
    /** The server could not be asked, or answered with an error, too late or too much. */
    FAILED,
    /** The answer is not in the form that was asked for. */
    GARBLED
  }

  private final Reason reason;

  public VerifierException(Reason reason, String message) {
    super(message);
    this.reason = requireNonNull(reason);
  }

  /** Returns why there is no remark. */
  public Reason reason() {
    return reason;
  }
}
