package io.kydai.console.cameras;

import io.kydai.console.config.camera.CameraConfig;

/**
 * A listener to changes of the registry. It is called for one change at a time and in order, on the
 * thread that makes the change and after the change is on the disk. An exception is logged and does
 * not undo the change.
 */
public interface CameraListener {
  /** Called after a camera was added. */
  void added(CameraConfig camera);

  /** Called after a camera was replaced. */
  void changed(CameraConfig before, CameraConfig after);

  /** Called after a camera was removed. */
  void removed(CameraConfig camera);
}
