package io.kydai.streaming.live.rtsp;

import java.time.Duration;

/** A client has tried wrong log-ins too often. */
public final class TooManyAttemptsException extends Exception {
  private static final long serialVersionUID = 1;

  private final Duration wait;

  /**
   * @param wait the time after which it may try again
   */
  public TooManyAttemptsException(Duration wait) {
    super("too many attempts to log in");
    this.wait = wait;
  }

  /** Returns the time after which the client may try again, in whole seconds, 1 at least. */
  long seconds() {
    return Math.max(1, wait.toSeconds());
  }
}
