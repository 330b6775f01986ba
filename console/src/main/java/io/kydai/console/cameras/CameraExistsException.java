package io.kydai.console.cameras;

import io.kydai.ingest.source.CameraId;

/** The exception for adding a camera whose id is already used. */
public class CameraExistsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CameraExistsException(CameraId camera) {
    super("camera '" + camera + "' already exists");
  }
}
