package io.kydai.console.backup;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.DatabaseAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a node keeps, and where.
 *
 * @param database the database, which the node may be using
 * @param data the data folder with the evidence and the keys
 * @param secretsKey the file of the key for the database's secrets, which may lie elsewhere
 * @param configuration the configuration file; null where the node has none
 */
public record BackupSource(
    DatabaseAddress database, Path data, Path secretsKey, @Nullable Path configuration) {
  public BackupSource {
    requireNonNull(database);
    requireNonNull(data);
    requireNonNull(secretsKey);
  }
}
