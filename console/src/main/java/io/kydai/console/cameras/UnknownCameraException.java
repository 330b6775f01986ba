package io.kydai.console.cameras;

import io.kydai.ingest.source.CameraId;

/** There is no camera of that id. */
public class UnknownCameraException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownCameraException(CameraId camera) {
    super("there is no camera '" + camera + "'");
  }
}
