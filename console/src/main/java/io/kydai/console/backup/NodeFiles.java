package io.kydai.console.backup;

import static java.util.Objects.requireNonNullElse;

import io.kydai.console.config.ConfigFile;
import io.kydai.console.config.StorageConfig;
import io.kydai.console.secrets.SecretsKey;
import io.kydai.console.store.DatabaseAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say where a node keeps its data, as {@code scripts/run} takes them. */
final class NodeFiles {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the node's configuration, which names its database and its data folder")
  private @Nullable Path config;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the node's data folder (default: the configuration's, or ./data)")
  private @Nullable Path data;

  /** Returns what the node keeps. */
  BackupSource source() {
    StorageConfig storage =
        config == null ? StorageConfig.DEFAULT : ConfigFile.read(config).storage();
    Path folder = data == null ? requireNonNullElse(storage.directory(), Path.of("data")) : data;
    DatabaseAddress database = storage.database(folder.resolve("kydai.db"));
    return new BackupSource(
        database, folder, storage.secretsKey(folder.resolve(SecretsKey.FILE)), config);
  }
}
