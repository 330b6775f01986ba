package io.kydai.ingest.codec.syntax;

/** A NAL unit that cannot be read; the message says what is wrong and never holds its bytes. */
public final class MalformedBitstreamException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedBitstreamException(String message) {
    super(message);
  }
}
