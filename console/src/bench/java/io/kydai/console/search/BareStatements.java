package io.kydai.console.search;

import io.kydai.console.store.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bare SQL of pages. Statements stay prepared on the connection that they were prepared on, as
 * the product's do: SQLite's driver keeps none, so that they are kept here; PostgreSQL's keeps
 * those that were closed.
 */
final class BareStatements {
  private final Map<Connection, Map<String, PreparedStatement>> kept = new HashMap<>();

  /**
   * Reads a page and the evidence of its reports, and returns the reports' ids.
   *
   * @param counts the statement of what is counted as well; empty for nothing
   */
  List<String> page(Connection db, String sql, @Nullable String after, String counts)
      throws SQLException {
    if (!counts.isEmpty()) {
      first(db, counts, List.of());
    }
    List<String> ids = first(db, sql, after == null ? List.of() : List.of(after));
    if (!ids.isEmpty()) {
      first(
          db,
          "SELECT report, name, media_type, size, sha256 FROM evidence WHERE report IN (?"
              + ", ?".repeat(ids.size() - 1)
              + ") ORDER BY report, number",
          ids);
    }
    return ids;
  }

  /** Reads all columns of a statement's rows, and returns the first ones. */
  List<String> first(Connection db, String sql, List<String> values) throws SQLException {
    if (TestDatabase.isPostgresql()) {
      try (PreparedStatement statement = db.prepareStatement(sql)) {
        return rows(statement, values);
      }
    }
    Map<String, PreparedStatement> known = kept.computeIfAbsent(db, one -> new HashMap<>());
    PreparedStatement statement = known.get(sql);
    if (statement == null) {
      statement = db.prepareStatement(sql);
      known.put(sql, statement);
    }
    return rows(statement, values);
  }

  private static List<String> rows(PreparedStatement statement, List<String> values)
      throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setString(i + 1, values.get(i));
    }
    List<String> first = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        first.add(rows.getString(1));
        for (int i = 2; i <= columns; i++) {
          rows.getObject(i);
        }
      }
    }
    return first;
  }
}
