package io.kydai.ingest.rtsp;

import io.kydai.ingest.rtsp.message.RtspException;

/** The camera rejected the user or the password. */
final class LoginRefusedException extends RtspException {
  private static final long serialVersionUID = 1L;

  LoginRefusedException() {
    super("does not accept the user or the password (401 Unauthorized)");
  }
}
