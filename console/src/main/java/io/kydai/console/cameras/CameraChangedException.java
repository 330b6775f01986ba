package io.kydai.console.cameras;

import io.kydai.ingest.source.CameraId;

/** The exception for the replacement of a camera that was changed since the client read it. */
public class CameraChangedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CameraChangedException(CameraId camera) {
    super("camera '" + camera + "' was changed since it was read");
  }
}
