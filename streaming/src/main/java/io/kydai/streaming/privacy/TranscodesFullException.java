package io.kydai.streaming.privacy;

/** Thrown when as many cameras are encoded anew as may be at a time. */
public final class TranscodesFullException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param most how many there may be
   */
  public TranscodesFullException(int most) {
    super(
        "its pictures have masks or blur for you, and this node encodes no more than "
            + most
            + " cameras anew at a time (privacy.transcodes).");
  }
}
