package io.kydai.streaming.mp4;

/** A box of a file is not as this program writes it. */
final class MalformedBoxException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedBoxException(String message) {
    super(message);
  }
}
