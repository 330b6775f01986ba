package io.kydai.console.backup;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.store.Database;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What a backup holds, as its first entry says in JSON.
 *
 * @param madeAt the time of the snapshot, in ISO 8601
 * @param schema the version of the database's schema
 * @param tables the content of each table
 */
public record Manifest(String madeAt, String schema, List<TableContent> tables) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public Manifest {
    tables = List.copyOf(tables);
  }

  static Manifest of(Instant madeAt, Database snapshot, List<TableContent> tables) {
    return new Manifest(madeAt.toString(), schema(snapshot), tables);
  }

  /** Returns the version of a database's schema. */
  static String schema(Database database) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT version FROM flyway_schema_history"
                        + " ORDER BY installed_rank DESC LIMIT 1")
                .mapTo(String.class)
                .one());
  }

  byte[] json() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  static Manifest read(byte[] json) throws IOException {
    return JSON.readValue(json, Manifest.class);
  }
}
