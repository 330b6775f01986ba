package io.kydai.analytics.decode;

/** A picture could not be decoded, or a file not be read. */
public class DecodeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DecodeException(String message) {
    super(message);
  }
}
