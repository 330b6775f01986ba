package io.kydai.console.backup;

import io.kydai.console.store.Database;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Copies the rows of all tables from one database to another, of the same engine or the other. The
 * source is read in one snapshot, so that others may write meanwhile; the target is written in one
 * transaction, in which the hashes of its tables are compared with those of the source: it has
 * everything or nothing.
 */
public final class DatabaseCopy {
  private DatabaseCopy() {}

  /**
   * Copies a database. Both have the schema of this program.
   *
   * @param to a database without rows, but for those that the schema itself comes with
   * @return the content of each table, equal in both
   * @throws CopyException when the target has rows, or the contents differ; nothing is written
   * @throws io.kydai.console.store.StoreException when a database fails; nothing is written
   */
  public static List<TableContent> copy(Database from, Database to) {
    List<TableContent> untouched = untouched();
    return from.read(
        source ->
            to.transaction(
                target -> {
                  List<Table> tables = Table.all(source);
                  refuseRows(target, untouched);
                  clear(target, tables);
                  List<TableContent> contents = new ArrayList<>();
                  for (Table table : tables) {
                    contents.add(copy(source, target, table));
                  }
                  for (TableContent content : contents) {
                    compare(target, tables, content);
                  }
                  return contents;
                }));
  }

  /** Returns the content of each table of a database, in one snapshot. */
  public static List<TableContent> contents(Database database) {
    return database.read(DatabaseCopy::contents);
  }

  private static List<TableContent> contents(Connection db) throws SQLException {
    List<TableContent> contents = new ArrayList<>();
    for (Table table : Table.all(db)) {
      contents.add(TableContent.of(db, table));
    }
    return contents;
  }

  /** Returns the contents of a database that was just made. */
  private static List<TableContent> untouched() {
    try {
      Path folder = Files.createTempDirectory("kydai-schema-");
      try (Database fresh = Database.open(folder.resolve("schema.db"))) {
        return contents(fresh);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new CopyException("cannot make a database in the folder for temporary files: " + e, e);
    }
  }

  private static void refuseRows(Connection target, List<TableContent> untouched)
      throws SQLException {
    for (TableContent content : contents(target)) {
      if (!untouched.contains(content)) {
        throw new CopyException(
            "the target is not empty: its table "
                + content.table()
                + " has "
                + content.rows()
                + " rows; choose an empty database",
            null);
      }
    }
  }

  private static void clear(Connection target, List<Table> tables) throws SQLException {
    try (Statement statement = target.createStatement()) {
      for (int i = tables.size() - 1; i >= 0; i--) {
        statement.execute(tables.get(i).clear());
      }
    }
  }

  private static TableContent copy(Connection source, Connection target, Table table)
      throws SQLException {
    try (PreparedStatement insert = target.prepareStatement(table.insert())) {
      return TableContent.read(
          source,
          table,
          rows -> {
            for (@Nullable Object[] row : rows) {
              for (int i = 0; i < row.length; i++) {
                insert.setObject(i + 1, row[i]);
              }
              insert.addBatch();
            }
            insert.executeBatch();
          });
    }
  }

  private static void compare(Connection target, List<Table> tables, TableContent expected)
      throws SQLException {
    for (Table table : tables) {
      if (table.name().equals(expected.table())) {
        TableContent copied = TableContent.of(target, table);
        if (!copied.equals(expected)) {
          throw new CopyException(
              "the copy of the table "
                  + table.name()
                  + " differs: "
                  + copied.rows()
                  + " of "
                  + expected.rows()
                  + " rows; nothing was written",
              null);
        }
      }
    }
  }

  /** Creates a database file with the content of a database. */
  static List<TableContent> toFile(Database from, Path file) throws IOException {
    PrivateFiles.createDirectories(file.toAbsolutePath().normalize().resolveSibling(""));
    try (Database copy = Database.open(file)) {
      return copy(from, copy);
    }
  }
}
