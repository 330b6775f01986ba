package io.kydai.console.config;

import io.kydai.console.config.camera.Purpose;
import io.kydai.console.config.tree.References;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.DocumentFile;
import io.kydai.models.document.Tree;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Reads the configuration file, which is YAML of at most 1 MiB. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * Reads the configuration of a server.
   *
   * @throws ConfigException when the file cannot be read or is wrong; it lists every mistake
   */
  public static KydaiConfig read(Path file) {
    return read(file, Purpose.SERVER);
  }

  /**
   * Reads the configuration for a purpose.
   *
   * @throws ConfigException when the file cannot be read or is wrong; it lists every mistake
   */
  public static KydaiConfig read(Path file, Purpose purpose) {
    return read(file, purpose, System::getenv);
  }

  static KydaiConfig read(Path file, Purpose purpose, UnaryOperator<String> environment) {
    Path folder = file.toAbsolutePath().normalize().resolveSibling("");
    return DocumentFile.read(
        file,
        Tree.MAX_BYTES,
        "'cameras:'",
        ConfigKeys.shape(purpose, References.to(environment, folder), folder));
  }
}
