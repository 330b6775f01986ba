package io.kydai.streaming.live.whep;

/** All places for sessions, or for viewers of a camera, are taken. */
public final class TooManySessionsException extends Exception {
  private static final long serialVersionUID = 1;

  TooManySessionsException(String message) {
    super(message, null, false, false);
  }
}
