package io.kydai.console.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.ingest.CameraId;

/** A camera as JSON, with the keys of the configuration file. */
public final class CameraJson {
  private CameraJson() {}

  /**
   * Reads a camera that somebody sent.
   *
   * @param body UTF-8, at most 1 MiB
   * @throws ConfigException when it is wrong; each problem has its JSON pointer
   */
  public static CameraConfig read(byte[] body) {
    throw new UnsupportedOperationException();
  }

  /**
   * Reads a camera that somebody sent for an id; the body may leave the id out, or must have the
   * same.
   *
   * @throws ConfigException when it is wrong
   */
  public static CameraConfig read(CameraId id, byte[] body) {
    throw new UnsupportedOperationException();
  }

  /** The camera as everybody may see it: the address without user and password. */
  public static ObjectNode write(CameraConfig camera) {
    throw new UnsupportedOperationException();
  }

  /** The camera as it is kept on disk, with references to secrets as they were written. */
  public static String toStorage(CameraConfig camera) {
    throw new UnsupportedOperationException();
  }

  /**
   * The reverse of {@link #toStorage}.
   *
   * @throws ConfigException when it does not hold any more, such as when a secret it refers to is
   *     gone
   */
  public static CameraConfig fromStorage(String json) {
    throw new UnsupportedOperationException();
  }
}
