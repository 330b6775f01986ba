package io.kydai.console.cameras;

import io.kydai.ingest.source.CameraId;

/** The camera is no longer as it was read by who would replace it. */
public class CameraChangedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CameraChangedException(CameraId camera) {
    super("camera '" + camera + "' has been changed since");
  }
}
