package io.kydai.console.admin;

import io.kydai.console.audit.Actor;
import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.StorageConfig;
import io.kydai.console.store.Database;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that every command has: which node it is for, and the form of its output. */
final class NodeOptions {
  private static final Path USUAL = Path.of("data");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration with which the node was started")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the node's data folder (default: the configuration's, or ./data)")
  private @Nullable Path data;

  @Option(names = "--json", description = "write JSON")
  private boolean json;

  @Option(names = "--help", usageHelp = true, description = "show this and end")
  private boolean help;

  /** Returns whether the output is to be JSON. */
  boolean json() {
    return json;
  }

  /**
   * Opens the node's database beside the node.
   *
   * @throws io.kydai.console.store.StoreException when it cannot be opened
   * @throws io.kydai.models.document.ConfigException when the configuration is wrong
   */
  Database open() {
    StorageConfig storage = storage();
    return Database.openBeside(storage.database(folder(storage).resolve("kydai.db")));
  }

  /**
   * Returns the folders of the node's recordings.
   *
   * @throws io.kydai.models.document.ConfigException when the configuration is wrong
   */
  List<Path> recordings() {
    StorageConfig storage = storage();
    return storage.allRecordingsFolders(folder(storage).resolve("recordings"));
  }

  /**
   * Returns the folder of the node's evidence, in which its public keys are.
   *
   * @throws io.kydai.models.document.ConfigException when the configuration is wrong
   */
  Path evidence() {
    return folder(storage()).resolve("evidence");
  }

  private StorageConfig storage() {
    return config == null ? StorageConfig.DEFAULT : ConfigFile.read(config).storage();
  }

  private Path folder(StorageConfig storage) {
    return data != null ? data : storage.directory() != null ? storage.directory() : USUAL;
  }

  /** Returns the actor for the audit: the user of the operating system. */
  static Actor actor() {
    return new Actor(Actor.Kind.SYSTEM, "scripts/admin", System.getProperty("user.name", ""));
  }
}
