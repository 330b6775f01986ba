package io.kydai.ingest.rtsp;

/** The camera does not send packets over the requested transport. It may send them over another. */
final class TransportRefusedException extends RtspException {
  private static final long serialVersionUID = 1L;

  TransportRefusedException(String message) {
    super(message);
  }
}
