package io.kydai.console.secrets;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The column {@code secret} of a table.
 *
 * @param table its name
 * @param key the column that names a row
 */
public record RowSecret(String table, String key) implements SecretColumn {
  public RowSecret {
    requireNonNull(table);
    requireNonNull(key);
  }

  @Override
  public String name() {
    return table + ".secret";
  }

  @Override
  public Map<String, String> stored(Handle db) {
    Map<String, String> found = new HashMap<>();
    db.createQuery("SELECT <key>, secret FROM <table>")
        .define("key", key)
        .define("table", table)
        .map((row, context) -> Map.entry(row.getString(key), row.getString("secret")))
        .forEach(row -> found.put(row.getKey(), row.getValue()));
    return found;
  }

  @Override
  public void replace(Handle db, String row, String stored) {
    db.createUpdate("UPDATE <table> SET secret = :secret WHERE <key> = :row")
        .define("key", key)
        .define("table", table)
        .bind("secret", stored)
        .bind("row", row)
        .execute();
  }
}
