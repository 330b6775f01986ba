package io.kydai.console.cameras;

import io.kydai.console.config.CameraConfig;
import io.kydai.console.store.Database;
import io.kydai.ingest.CameraId;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Every camera of the node. Any thread. */
public final class CameraRegistry {
  /**
   * @param fromFile the cameras of the configuration file
   */
  public CameraRegistry(Database database, List<CameraConfig> fromFile, Clock clock) {}

  /** Hears of changes from now on. */
  public void listen(CameraListener listener) {
    throw new UnsupportedOperationException();
  }

  /** Every camera, in the order of their ids. */
  public List<CameraConfig> cameras() {
    throw new UnsupportedOperationException();
  }

  public Optional<CameraConfig> camera(CameraId id) {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws CameraExistsException when there is one of that id
   * @throws io.kydai.console.config.ConfigException when there are too many
   */
  public CameraConfig add(CameraConfig camera) {
    throw new UnsupportedOperationException();
  }

  /**
   * Replaces a camera. An address without user and password that is otherwise the camera's own
   * keeps the user and password that are stored.
   *
   * @return the camera as it is now
   * @throws UnknownCameraException when there is none of that id
   */
  public CameraConfig replace(CameraConfig camera) {
    throw new UnsupportedOperationException();
  }

  /**
   * @throws UnknownCameraException when there is none of that id
   */
  public void remove(CameraId id) {
    throw new UnsupportedOperationException();
  }
}
