package io.kydai.console.store;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.postgresql.PostgresqlAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The place of a database: a file of SQLite, or a database of a PostgreSQL server. */
public sealed interface DatabaseAddress {
  /**
   * A file of SQLite.
   *
   * @param path the file, which need not exist
   */
  record SqliteFile(Path path) implements DatabaseAddress {
    public SqliteFile {
      requireNonNull(path);
    }

    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * A database of a PostgreSQL server.
   *
   * @param address the server, the database, and the log-in
   */
  record PostgresqlServer(PostgresqlAddress address) implements DatabaseAddress {
    public PostgresqlServer {
      requireNonNull(address);
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** Returns the address of a file of SQLite. */
  static DatabaseAddress file(Path path) {
    return new SqliteFile(path);
  }

  /**
   * Reads an address as it is written in a configuration or on a command line: {@code
   * postgresql://user:password@host:port/name}, or the path of a file of SQLite.
   *
   * @throws IllegalArgumentException when it is neither; the message does not contain the text,
   *     because of the password
   */
  static DatabaseAddress of(String text) {
    if (PostgresqlAddress.matches(text)) {
      return new PostgresqlServer(PostgresqlAddress.parse(text));
    }
    try {
      if (text.isBlank() || text.contains("://")) {
        throw new IllegalArgumentException(
            "postgresql://user@host/name or the path of a file is expected");
      }
      return file(Path.of(text));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(
          "postgresql://user@host/name or the path of a file is expected", e);
    }
  }

  /** Returns the address for messages, without a password. */
  @Override
  String toString();
}
