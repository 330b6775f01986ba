package io.kydai.streaming.live.whep;

/** A camera's stream is none that WebRTC carries; the message says why. */
public final class UnplayableStreamException extends Exception {
  private static final long serialVersionUID = 1;

  UnplayableStreamException(String message) {
    super(message, null, false, false);
  }
}
