package io.kydai.ingest.onvif;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * Why a camera could not be asked. The message begins with the camera's host and holds no password,
 * no user, and of an answer only bounded, printable text.
 */
public final class OnvifException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is to be done about it. */
  public enum Kind {
    /** Nothing answers there, or not in time. */
    UNREACHABLE,
    /** It wants other credentials for this operation, or some at all. */
    LOGIN_REFUSED,
    /** It understood and declined: a SOAP fault, or a service that it does not have. */
    REFUSED,
    /** It answered with something else than ONVIF. */
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
   * Whether the camera answered, and did not do what it was asked for. It may do the rest: many
   * cameras keep single operations for administrators, and fault them as they fault a wrong
   * password.
   */
  public boolean isRefusal() {
    return kind != Kind.UNREACHABLE;
  }

  /**
   * The camera's fault behind what a future failed with.
   *
   * @throws IllegalStateException when it was no camera's fault
   */
  public static OnvifException of(Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof OnvifException known) {
      return known;
    }
    throw new IllegalStateException(cause);
  }

  /** What made a future fail, without what futures wrap around it. */
  static Throwable cause(Throwable failure) {
    Throwable cause = failure;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
