package io.kydai.ingest.rtsp;

/** The camera was told a user and a password, and wants others. */
final class LoginRefusedException extends RtspException {
  private static final long serialVersionUID = 1L;

  LoginRefusedException() {
    super("does not accept the user or the password (401 Unauthorized)");
  }
}
