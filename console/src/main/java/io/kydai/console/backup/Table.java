package io.kydai.console.backup;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table of the schema as a database describes it.
 *
 * @param name the name
 * @param columns the names of the columns, sorted
 * @param key the columns of the primary key in its order
 */
record Table(String name, List<String> columns, List<String> key) {
  private static final String HISTORY = "flyway_schema_history";

  /**
   * Returns the tables of a database, each after those to which its foreign keys refer.
   *
   * @throws SQLException when the database fails, a table has no primary key, or foreign keys form
   *     a circle
   */
  static List<Table> all(Connection db) throws SQLException {
    DatabaseMetaData meta = db.getMetaData();
    Map<String, Table> tables = new TreeMap<>();
    try (ResultSet found =
        meta.getTables(db.getCatalog(), db.getSchema(), "%", new String[] {"TABLE"})) {
      while (found.next()) {
        String name = found.getString("TABLE_NAME");
        if (!name.equals(HISTORY) && !name.startsWith("sqlite_")) {
          tables.put(name, new Table(name, columns(db, name), key(db, name)));
        }
      }
    }
    Map<String, Set<String>> references = new LinkedHashMap<>();
    for (String name : tables.keySet()) {
      references.put(name, references(db, name));
    }
    List<Table> ordered = new ArrayList<>();
    Set<String> placed = new TreeSet<>();
    while (ordered.size() < tables.size()) {
      int before = ordered.size();
      for (Table table : tables.values()) {
        if (!placed.contains(table.name())
            && placed.containsAll(references.getOrDefault(table.name(), Set.of()))) {
          ordered.add(table);
          placed.add(table.name());
        }
      }
      if (ordered.size() == before) {
        throw new SQLException("the foreign keys of the tables form a circle");
      }
    }
    return ordered;
  }

  private static List<String> columns(Connection db, String table) throws SQLException {
    Set<String> columns = new TreeSet<>();
    try (ResultSet found =
        db.getMetaData().getColumns(db.getCatalog(), db.getSchema(), table, "%")) {
      while (found.next()) {
        // The name is a pattern, in which "_" stands for any character.
        if (found.getString("TABLE_NAME").equals(table)) {
          columns.add(found.getString("COLUMN_NAME"));
        }
      }
    }
    return List.copyOf(columns);
  }

  private static List<String> key(Connection db, String table) throws SQLException {
    Map<Integer, String> key = new TreeMap<>();
    try (ResultSet found =
        db.getMetaData().getPrimaryKeys(db.getCatalog(), db.getSchema(), table)) {
      while (found.next()) {
        key.put(found.getInt("KEY_SEQ"), found.getString("COLUMN_NAME"));
      }
    }
    if (key.isEmpty()) {
      throw new SQLException("the table " + table + " has no primary key");
    }
    return List.copyOf(key.values());
  }

  private static Set<String> references(Connection db, String table) throws SQLException {
    Set<String> others = new TreeSet<>();
    try (ResultSet found =
        db.getMetaData().getImportedKeys(db.getCatalog(), db.getSchema(), table)) {
      while (found.next()) {
        others.add(found.getString("PKTABLE_NAME"));
      }
    }
    others.remove(table);
    return others;
  }

  /** Returns the statement that inserts a row with the columns in their order. */
  String insert() {
    return "INSERT INTO %s (%s) VALUES (%s)"
        .formatted(
            quoted(name),
            list(columns),
            columns.stream().map(column -> "?").collect(joining(", ")));
  }

  /** Returns the statement that selects the first rows, or those after a key. */
  String page(boolean first, int rows) {
    return "SELECT %s FROM %s%s ORDER BY %s LIMIT %d"
        .formatted(
            list(columns),
            quoted(name),
            first
                ? ""
                : " WHERE (%s) > (%s)"
                    .formatted(list(key), key.stream().map(column -> "?").collect(joining(", "))),
            list(key),
            rows);
  }

  /** Returns the statement that deletes all rows. */
  String clear() {
    return "DELETE FROM " + quoted(name);
  }

  private static String list(List<String> columns) {
    return columns.stream().map(Table::quoted).collect(joining(", "));
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
