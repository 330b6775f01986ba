package io.kydai.ingest.camera;

import io.kydai.ingest.status.CameraFault;
import java.util.regex.Pattern;

/** The kinds of failures whose reasons are sentences of the RTSP session or of TLS. */
final class FailureKinds {
  /** RFC 2326, section 11: 404 Not Found, 410 Gone. */
  private static final Pattern NOT_FOUND = Pattern.compile("\\b(404|410)\\b");

  private FailureKinds() {}

  /** Returns the kind of a reason. */
  static CameraFault of(String reason) {
    if (NOT_FOUND.matcher(reason).find()) {
      return CameraFault.STREAM_NOT_FOUND;
    }
    if (reason.contains("certificate")) {
      return CameraFault.CERTIFICATE_REFUSED;
    }
    return reason.contains("RTSP") && reason.contains("something else")
        ? CameraFault.NOT_RTSP
        : CameraFault.FAILED;
  }
}
