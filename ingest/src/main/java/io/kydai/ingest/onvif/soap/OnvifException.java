package io.kydai.ingest.onvif.soap;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Thrown when an ONVIF request failed. The message begins with the camera's host. It contains no
 * password and no user, and only bounded, printable text of what the camera sent.
 */
public final class OnvifException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The kind of failure. */
  public enum Kind {
    /** The camera does not answer, or not in time. */
    UNREACHABLE,
    /** The camera requires credentials for this operation, or rejected the given ones. */
    LOGIN_REFUSED,
    /** The camera refused the operation with a SOAP fault, or does not have the service. */
    REFUSED,
    /** The response is not ONVIF. */
    MALFORMED
  }

  private final Kind kind;

  OnvifException(Kind kind, String host, String message) {
    super(host + " " + message);
    this.kind = Objects.requireNonNull(kind);
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Returns whether the camera answered but did not perform the operation. Other operations may
   * succeed: many cameras allow single operations to administrators only, and answer them with the
   * same fault as a wrong password.
   */
  public boolean isRefusal() {
    return kind != Kind.UNREACHABLE;
  }

  /**
   * Returns the ONVIF failure that a future failed with.
   *
   * @throws IllegalStateException when the future failed with another exception
   */
  public static OnvifException of(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof OnvifException known) {
      return known;
    }
    throw new IllegalStateException(cause);
  }

  /** Returns the exception that a future failed with, without the wrappers that futures add. */
  public static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
