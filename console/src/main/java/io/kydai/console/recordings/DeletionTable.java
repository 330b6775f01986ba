package io.kydai.console.recordings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The chain of records as rows. Every method works on the caller's transaction. */
final class DeletionTable {
  private static final String COLUMNS = "number, made_at, sha256, document, signature";

  private DeletionTable() {}

  static void insert(Handle db, DeletionRecord record) {
    db.createUpdate(
            "INSERT INTO recording_deletion ("
                + COLUMNS
                + ") VALUES (:number, :made, :sha256, :document, :signature)")
        .bind("number", record.number())
        .bind("made", record.madeAt().toEpochMilli())
        .bind("sha256", record.sha256())
        .bind("document", record.document())
        .bind("signature", record.signature())
        .execute();
  }

  static Optional<DeletionRecord> newest(Handle db) {
    return before(db, Long.MAX_VALUE, 1).stream().findFirst();
  }

  /** Returns records before a number, the newest first. */
  static List<DeletionRecord> before(Handle db, long number, int limit) {
    return db.createQuery(
            "SELECT "
                + COLUMNS
                + " FROM recording_deletion WHERE number < :number ORDER BY number DESC"
                + " LIMIT :limit")
        .bind("number", number)
        .bind("limit", limit)
        .map((row, context) -> record(row))
        .list();
  }

  /** Returns records after a number, the oldest first. */
  static List<DeletionRecord> after(Handle db, long number, int limit) {
    return db.createQuery(
            "SELECT "
                + COLUMNS
                + " FROM recording_deletion WHERE number > :number ORDER BY number LIMIT :limit")
        .bind("number", number)
        .bind("limit", limit)
        .map((row, context) -> record(row))
        .list();
  }

  /** Removes the records before a number. */
  static void removeBefore(Handle db, long number) {
    db.createUpdate("DELETE FROM recording_deletion WHERE number < :number")
        .bind("number", number)
        .execute();
  }

  private static DeletionRecord record(ResultSet row) throws SQLException {
    return new DeletionRecord(
        row.getLong("number"),
        Instant.ofEpochMilli(row.getLong("made_at")),
        row.getString("sha256"),
        row.getString("document"),
        row.getString("signature"));
  }
}
