package io.kydai.console.cameras;

import io.kydai.ingest.source.CameraId;

/** There is a camera of that id already. */
public class CameraExistsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CameraExistsException(CameraId camera) {
    super("there is a camera '" + camera + "' already");
  }
}
