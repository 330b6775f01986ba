package io.kydai.ingest.rtcp;

import java.util.Locale;

/** The RTCP message by which a camera accepts requests for a key frame (RFC 4585, section 4.2). */
public enum KeyFrameFeedback {
  /** The camera accepts no requests. */
  NONE,
  /** A Picture Loss Indication (PLI; RFC 4585, section 6.3.1). */
  PICTURE_LOSS,
  /** A Full Intra Request (FIR; RFC 5104, section 4.3.1). */
  FULL_INTRA_REQUEST;

  /**
   * Returns the message that a session description offers; PLI when it offers both.
   *
   * @param attributes the values of the description's {@code rtcp-fb} lines for a payload type,
   *     with any separators; empty when there are none
   */
  public static KeyFrameFeedback offered(String attributes) {
    String offered = attributes.toLowerCase(Locale.ROOT);
    if (offered.contains("nack pli")) {
      return PICTURE_LOSS;
    }
    return offered.contains("ccm fir") ? FULL_INTRA_REQUEST : NONE;
  }
}
