package io.kydai.streaming.live.rtsp.payload;

/** An access unit for which the RTP payload format of its codec has no form. */
public final class UnpayloadableException extends Exception {
  private static final long serialVersionUID = 1;

  UnpayloadableException(String message) {
    super(message);
  }
}
