package io.kydai.ingest.rtcp;

import java.util.Locale;

/** How a camera lets itself be asked for a key frame over RTCP (RFC 4585, section 4.2). */
public enum KeyFrameFeedback {
  /** Not at all. */
  NONE,
  /** By a Picture Loss Indication. */
  PICTURE_LOSS,
  /** By a Full Intra Request. */
  FULL_INTRA_REQUEST;

  /**
   * What a description offers.
   *
   * @param attributes the values of its {@code rtcp-fb} lines for a payload type, with anything
   *     between them; empty without any
   */
  public static KeyFrameFeedback offered(String attributes) {
    String offered = attributes.toLowerCase(Locale.ROOT);
    if (offered.contains("nack pli")) {
      return PICTURE_LOSS;
    }
    return offered.contains("ccm fir") ? FULL_INTRA_REQUEST : NONE;
  }
}
