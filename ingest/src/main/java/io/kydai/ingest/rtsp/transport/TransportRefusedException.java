package io.kydai.ingest.rtsp.transport;

import io.kydai.ingest.rtsp.message.RtspException;

/** The camera does not send packets over the requested transport. It may send them over another. */
public final class TransportRefusedException extends RtspException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message a verb phrase whose subject is the camera
   */
  public TransportRefusedException(String message) {
    super(message);
  }
}
