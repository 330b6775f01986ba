package io.kydai.console.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The database of a test, which has its tables already. It is a file of SQLite, or with {@code
 * -Dkydai.database=postgresql} a database of {@link PostgresqlCluster}, which is the same one each
 * time for the same file.
 */
public final class TestDatabase {
  private static final boolean POSTGRESQL =
      "postgresql".equals(System.getProperty("kydai.database"));
  private static final Map<Path, String> NAMES = new HashMap<>();
  private static byte @Nullable [] migrated;

  private TestDatabase() {}

  /** Returns whether the tests run on PostgreSQL. */
  public static boolean isPostgresql() {
    return POSTGRESQL;
  }

  /** Opens the database that stands for a file. */
  public static Database open(Path file) {
    return Database.open(address(file));
  }

  /** Returns the address of the database that stands for a file. */
  public static DatabaseAddress address(Path file) {
    return POSTGRESQL ? DatabaseAddress.of(url(file)) : DatabaseAddress.file(made(file));
  }

  /** Makes the file, where it is not there: a copy costs a hundredth of the migrations. */
  private static synchronized Path made(Path file) {
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.toAbsolutePath().normalize().getParent());
        Files.write(file, migrated());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] migrated() throws IOException {
    if (migrated == null) {
      Path folder = Files.createTempDirectory("kydai-test-database");
      Path file = folder.resolve("kydai.db");
      Database.open(DatabaseAddress.file(file)).close();
      migrated = Files.readAllBytes(file);
      for (Path left : Files.list(folder).toList()) {
        Files.delete(left);
      }
      Files.delete(folder);
    }
    return migrated;
  }

  /** Returns the key {@code storage.database} of a configuration; empty for SQLite. */
  public static Optional<String> setting(Path file) {
    return POSTGRESQL ? Optional.of(url(file)) : Optional.empty();
  }

  /** Returns the section {@code storage} of a configuration; empty for SQLite. */
  public static String yaml(Path file) {
    return POSTGRESQL ? "storage: {database: '" + url(file) + "'}\n" : "";
  }

  private static synchronized String url(Path file) {
    PostgresqlCluster cluster = PostgresqlCluster.get();
    try {
      Files.createDirectories(file.toAbsolutePath().normalize().resolveSibling(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // The databases of earlier tests, whose folders are deleted, would fill the disk.
    for (Iterator<Map.Entry<Path, String>> all = NAMES.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Path, String> one = all.next();
      if (!Files.exists(one.getKey().resolveSibling(""))) {
        cluster.dropDatabase(one.getValue());
        all.remove();
      }
    }
    return cluster.url(
        NAMES.computeIfAbsent(
            file.toAbsolutePath().normalize(), path -> cluster.createMigratedDatabase()));
  }

  /** Another program's lock, with which nothing can be written. */
  public static final class Lock implements AutoCloseable {
    private final Connection connection;

    private Lock(Connection connection) {
      this.connection = connection;
    }

    @Override
    public void close() throws SQLException {
      connection.close();
    }
  }

  /** Locks the database that stands for a file, as another program does. */
  public static Lock lock(Path file) throws SQLException {
    Connection connection =
        POSTGRESQL ? connection(url(file)) : DriverManager.getConnection("jdbc:sqlite:" + file);
    try (var statement = connection.createStatement()) {
      statement.execute(POSTGRESQL ? "SELECT pg_advisory_lock(1803117665, 1)" : "BEGIN EXCLUSIVE");
    }
    return new Lock(connection);
  }

  private static Connection connection(String url) throws SQLException {
    return PostgresqlCluster.get().admin(url.substring(url.lastIndexOf('/') + 1));
  }
}
