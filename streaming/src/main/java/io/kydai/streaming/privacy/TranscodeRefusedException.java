package io.kydai.streaming.privacy;

import java.time.Duration;

/** Thrown when a camera's pictures are not encoded anew now; its message goes on a sentence. */
public final class TranscodeRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private TranscodeRefusedException(String message) {
    super(message);
  }

  /**
   * As many cameras are encoded anew as may be.
   *
   * @param most how many there may be
   */
  public static TranscodeRefusedException full(int most) {
    return new TranscodeRefusedException(
        "this node encodes no more than " + most + " cameras anew at a time (privacy.transcodes).");
  }

  /** It has failed a moment ago. */
  static TranscodeRefusedException failed(Duration rest) {
    return new TranscodeRefusedException(
        "encoding them anew has failed; it is tried again "
            + rest.toSeconds()
            + " s after that. The node's log says why.");
  }
}
