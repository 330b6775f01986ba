package io.kydai.console.cameras;

import io.kydai.ingest.source.CameraId;

/** The exception for an id with which there is no camera. */
public class UnknownCameraException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnknownCameraException(CameraId camera) {
    super("there is no camera '" + camera + "'");
  }
}
