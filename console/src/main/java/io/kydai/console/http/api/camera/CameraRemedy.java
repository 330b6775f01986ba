package io.kydai.console.http.api.camera;

import io.kydai.console.cameras.MaintenanceItem;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.ingest.status.CameraFault;

/** What a person can do about a camera's fault, which the page puts into words. */
enum CameraRemedy {
  CORRECT_PASSWORD,
  CORRECT_ADDRESS,
  CHECK_POWER_AND_CABLE,
  CHECK_NETWORK,
  CHECK_RTSP_ENABLED,
  CHECK_CERTIFICATE,
  RESTART_CAMERA,
  CHECK_ENCODING,
  WAIT,
  CHECK_LIGHT,
  CLEAN_LENS,
  ADJUST_FOCUS,
  CORRECT_DIRECTION,
  LOOK_AT_PICTURE;

  static CameraRemedy of(CameraFault fault) {
    return switch (fault) {
      case LOGIN_REFUSED -> CORRECT_PASSWORD;
      case HOST_UNKNOWN, STREAM_NOT_FOUND, NOT_RTSP -> CORRECT_ADDRESS;
      case CONNECTION_TIMEOUT -> CHECK_POWER_AND_CABLE;
      case NO_ROUTE, UNREACHABLE -> CHECK_NETWORK;
      case CONNECTION_REFUSED -> CHECK_RTSP_ENABLED;
      case CERTIFICATE_REFUSED -> CHECK_CERTIFICATE;
      case NO_MEDIA, STOPPED_SENDING -> RESTART_CAMERA;
      case UNDECODABLE -> CHECK_ENCODING;
      case FAILED -> WAIT;
    };
  }

  static CameraRemedy of(MaintenanceItem.Fault fault) {
    return switch (fault) {
      case NO_PICTURE -> CHECK_POWER_AND_CABLE;
      case DARK -> CHECK_LIGHT;
      case COVERED -> CLEAN_LENS;
      case DEFOCUSED -> ADJUST_FOCUS;
      case MOVED -> CORRECT_DIRECTION;
      case FROZEN -> RESTART_CAMERA;
      case UNUSUAL -> LOOK_AT_PICTURE;
    };
  }

  String wire() {
    return ErrorText.dashed(this);
  }
}
