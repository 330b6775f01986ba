package io.kydai.ingest.rtsp;

/** The camera does not send its packets in the way that was asked for; it may in another. */
final class TransportRefusedException extends RtspException {
  private static final long serialVersionUID = 1L;

  TransportRefusedException(String message) {
    super(message);
  }
}
