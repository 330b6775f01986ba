package io.kydai.console.evidence;

import io.kydai.analytics.alert.AlertId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The chain as rows. Every method works on the caller's transaction. */
final class ManifestTable {
  private static final String COLUMNS =
      "number, kind, alert_id, start_at, number_of_alert, sha256, content, document, signature";

  private ManifestTable() {}

  /**
   * A document of the chain.
   *
   * @param number 1, 2, 3 … over all
   * @param kind {@code manifest} or {@code deletion}
   * @param start when the alert's event began
   * @param index 1 for an alert's first manifest, and so on; 0 for a deletion
   * @param content the digest of what a manifest is about
   * @param document the text that is signed, in ASCII
   * @param signature in Base64
   */
  record Row(
      long number,
      String kind,
      AlertId alert,
      Instant start,
      int index,
      String sha256,
      String content,
      String document,
      String signature) {}

  static void insert(Handle db, Row row) {
    db.createUpdate(
            "INSERT INTO evidence_manifest ("
                + COLUMNS
                + ") VALUES (:number, :kind, :alert, :start, :index, :sha256, :content, :document,"
                + " :signature)")
        .bind("number", row.number())
        .bind("kind", row.kind())
        .bind("alert", row.alert().value())
        .bind("start", row.start().toEpochMilli())
        .bind("index", row.index())
        .bind("sha256", row.sha256())
        .bind("content", row.content())
        .bind("document", row.document())
        .bind("signature", row.signature())
        .execute();
  }

  /** Returns the newest document of all. */
  static Optional<Row> newest(Handle db) {
    return db.createQuery(
            "SELECT " + COLUMNS + " FROM evidence_manifest ORDER BY number DESC LIMIT 1")
        .map((row, context) -> row(row))
        .findOne();
  }

  /** Returns an alert's manifests, oldest first. */
  static List<Row> manifests(Handle db, AlertId alert) {
    return db.createQuery(
            "SELECT "
                + COLUMNS
                + " FROM evidence_manifest WHERE alert_id = :alert AND kind = 'manifest'"
                + " ORDER BY number")
        .bind("alert", alert.value())
        .map((row, context) -> row(row))
        .list();
  }

  /** Returns the newest records of deletions, newest first. */
  static List<Row> deletions(Handle db, int most) {
    return db.createQuery(
            "SELECT "
                + COLUMNS
                + " FROM evidence_manifest WHERE kind = 'deletion' ORDER BY number DESC LIMIT :most")
        .bind("most", most)
        .map((row, context) -> row(row))
        .list();
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("number"),
        row.getString("kind"),
        AlertId.of(row.getString("alert_id")),
        Instant.ofEpochMilli(row.getLong("start_at")),
        row.getInt("number_of_alert"),
        row.getString("sha256"),
        row.getString("content"),
        row.getString("document"),
        row.getString("signature"));
  }
}
