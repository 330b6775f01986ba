package io.kydai.console.cameras;

import io.kydai.console.config.camera.CameraConfig;

/**
 * Hears of changes of the registry, one at a time and in order, on the thread of whoever changes
 * it, after the change is on the disk. What it throws is logged and undoes nothing.
 */
public interface CameraListener {
  void added(CameraConfig camera);

  void changed(CameraConfig before, CameraConfig after);

  void removed(CameraConfig camera);
}
