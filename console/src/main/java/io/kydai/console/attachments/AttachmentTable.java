package io.kydai.console.attachments;

import io.kydai.console.reports.ReportId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The rows of attachments. */
final class AttachmentTable {
  private static final String COLUMNS =
      "id, report, at, actor, is_public, name, media_type, size, sha256, exif";

  private AttachmentTable() {}

  static void insert(Handle db, Attachment one) {
    db.createUpdate(
            "INSERT INTO report_attachment ("
                + COLUMNS
                + ") VALUES (:id, :report, :at, :actor, :open, :name, :type, :size, :sha256, :exif)")
        .bind("id", one.id())
        .bind("report", one.report().value())
        .bind("at", one.at().toEpochMilli())
        .bind("actor", one.actor())
        .bind("open", one.open() ? 1 : 0)
        .bind("name", one.name())
        .bind("type", one.format().mediaType())
        .bind("size", one.size())
        .bind("sha256", one.sha256())
        .bind("exif", one.exif() ? 1 : 0)
        .execute();
  }

  /** Returns the attachments of a report, the oldest first. */
  static List<Attachment> of(Handle db, ReportId report) {
    return db.createQuery(
            "SELECT " + COLUMNS + " FROM report_attachment WHERE report = :report ORDER BY id")
        .bind("report", report.value())
        .map(AttachmentTable::read)
        .list();
  }

  static Optional<Attachment> find(Handle db, ReportId report, String id) {
    return db.createQuery(
            "SELECT " + COLUMNS + " FROM report_attachment WHERE id = :id AND report = :report")
        .bind("id", id)
        .bind("report", report.value())
        .map(AttachmentTable::read)
        .findOne();
  }

  /** Deletes a row; false when there is none of that id. */
  static boolean delete(Handle db, String id) {
    return db.createUpdate("DELETE FROM report_attachment WHERE id = :id").bind("id", id).execute()
        == 1;
  }

  /** Returns those of some ids that are there. */
  static Set<String> known(Handle db, List<String> ids) {
    return db.createQuery("SELECT id FROM report_attachment WHERE id IN (<ids>)")
        .bindList("ids", ids)
        .mapTo(String.class)
        .collect(Collectors.toSet());
  }

  private static Attachment read(ResultSet row, StatementContext context) throws SQLException {
    return new Attachment(
        row.getString("id"),
        ReportId.of(row.getString("report")),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        row.getInt("is_public") == 1,
        row.getString("name"),
        FileFormat.ofMediaType(row.getString("media_type")),
        row.getLong("size"),
        row.getString("sha256"),
        row.getInt("exif") == 1);
  }
}
