package io.kydai.console.config;

import java.nio.file.Path;

/** Reads the configuration file. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads the configuration of a server.
   *
   * @throws ConfigException when it cannot be read or is wrong
   */
  public static KydaiConfig read(Path file) {
    return read(file, Purpose.SERVER);
  }

  /**
   * @throws ConfigException when it cannot be read or is wrong
   */
  public static KydaiConfig read(Path file, Purpose purpose) {
    throw new UnsupportedOperationException();
  }
}
