package io.kydai.console.backup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The content of a table: the number of its rows and the SHA-256 of them in the order of the
 * primary key. Engines have the same hash for the same content. Of each value the hash takes a
 * letter for its type and its bytes: {@code n} for NULL, {@code i} and 8 bytes for a whole number,
 * {@code d} and 8 bytes for a binary fraction, {@code t} or {@code b}, 4 bytes of length and the
 * bytes for text in UTF-8 and for binary data.
 *
 * @param table the name of the table
 * @param rows the number of rows
 * @param sha256 the hash in lower-case hexadecimal digits
 */
public record TableContent(String table, long rows, String sha256) {
  private static final int PAGE = 500;

  /** Receives the rows of a table in pages. */
  @FunctionalInterface
  interface Pages {
    /** Takes at most {@value TableContent#PAGE} rows, whose values are in the columns' order. */
    void take(List<@Nullable Object[]> rows) throws SQLException;
  }

  /** Reads a table in the caller's transaction. */
  static TableContent of(Connection db, Table table) throws SQLException {
    return read(db, table, rows -> {});
  }

  /** Reads a table in the caller's transaction, and passes its rows on. */
  static TableContent read(Connection db, Table table, Pages pages) throws SQLException {
    MessageDigest digest = newDigest();
    long count = 0;
    List<Integer> key = table.key().stream().map(table.columns()::indexOf).toList();
    List<@Nullable Object[]> page = page(db, table, List.of());
    while (!page.isEmpty()) {
      for (@Nullable Object[] row : page) {
        for (@Nullable Object value : row) {
          digest.update(bytes(value));
        }
      }
      count += page.size();
      pages.take(page);
      @Nullable Object[] last = page.get(page.size() - 1);
      List<Object> after = new ArrayList<>();
      for (int column : key) {
        Object value = last[column];
        if (value == null) {
          throw new SQLException("a key of the table " + table.name() + " is null");
        }
        after.add(value);
      }
      page = page.size() < PAGE ? List.of() : page(db, table, after);
    }
    return new TableContent(table.name(), count, HexFormat.of().formatHex(digest.digest()));
  }

  private static List<@Nullable Object[]> page(Connection db, Table table, List<Object> after)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>(PAGE);
    try (PreparedStatement select = db.prepareStatement(table.page(after.isEmpty(), PAGE))) {
      for (int i = 0; i < after.size(); i++) {
        select.setObject(i + 1, after.get(i));
      }
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          @Nullable Object[] row = new @Nullable Object[table.columns().size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = value(found.getObject(i + 1), table);
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** Returns a value in the form that both engines share. */
  private static @Nullable Object value(@Nullable Object value, Table table) throws SQLException {
    if (value == null || value instanceof String || value instanceof byte[]) {
      return value;
    }
    if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw new SQLException(
        "the table " + table.name() + " has a value of type " + value.getClass().getSimpleName());
  }

  private static byte[] bytes(@Nullable Object value) {
    if (value == null) {
      return new byte[] {'n'};
    }
    if (value instanceof Long number) {
      return ByteBuffer.allocate(9).put((byte) 'i').putLong(number).array();
    }
    if (value instanceof Double number) {
      return ByteBuffer.allocate(9).put((byte) 'd').putDouble(number).array();
    }
    byte[] content =
        value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
    return ByteBuffer.allocate(5 + content.length)
        .put((byte) (value instanceof String ? 't' : 'b'))
        .putInt(content.length)
        .put(content)
        .array();
  }

  static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
