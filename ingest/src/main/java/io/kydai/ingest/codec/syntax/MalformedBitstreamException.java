package io.kydai.ingest.codec.syntax;

/**
 * The exception for a NAL unit that cannot be parsed. The message is a predicate, such as {@code
 * ends too early}, to which the caller adds the subject; it never contains bytes of the NAL unit.
 */
public final class MalformedBitstreamException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedBitstreamException(String message) {
    super(message);
  }
}
