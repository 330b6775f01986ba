package io.kydai.console.comments;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The comments of reports. A comment and its entry in the audit are one transaction. The methods
 * wait for the database.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>a comment</td><td>{@value #MAX_TEXT} characters; longer ones are refused</td></tr>
 * <tr><td>comments of a report</td><td>{@value #MAX_COMMENTS}; further ones are refused</td></tr>
 * </table>
 */
public final class Comments {
  private static final int MAX_TEXT = 2_000;
  private static final int MAX_COMMENTS = 500;

  private final Database database;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;

  /** Creates the comments of a database. */
  public Comments(Database database, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
  }

  /**
   * Adds a comment to a report.
   *
   * @param open whether it may be shown to whoever reported it
   * @throws InvalidReportRequestException when the text is empty or too long, has control
   *     characters, or the report has too many comments
   */
  public Comment add(Report report, String text, boolean open, Actor actor, RequestOrigin origin) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.length() > MAX_TEXT) {
      throw new InvalidReportRequestException(
          "text", "1 to " + MAX_TEXT + " characters are expected");
    }
    if (stripped.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      throw new InvalidReportRequestException("text", "it has control characters");
    }
    return database.inTransaction(
        db -> {
          if (count(db, report.id()) >= MAX_COMMENTS) {
            throw new InvalidReportRequestException(
                "text", "the report has " + MAX_COMMENTS + " comments already");
          }
          Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
          Comment comment = new Comment(ids.next(), now, actor.name(), open, stripped);
          insert(db, report.id(), comment);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.REPORT_COMMENTED, actor, origin)
                  .camera(report.origin().camera().value())
                  .report(report.id().value())
                  .detail("comment", comment.id())
                  .detail("public", open));
          return comment;
        });
  }

  private static int count(Handle db, ReportId report) {
    return db.createQuery("SELECT COUNT(*) FROM report_comment WHERE report = :report")
        .bind("report", report.value())
        .mapTo(Integer.class)
        .one();
  }

  private static void insert(Handle db, ReportId report, Comment comment) {
    db.createUpdate(
            "INSERT INTO report_comment (id, report, at, actor, is_public, body)"
                + " VALUES (:id, :report, :at, :actor, :open, :body)")
        .bind("id", comment.id())
        .bind("report", report.value())
        .bind("at", comment.at().toEpochMilli())
        .bind("actor", comment.actor())
        .bind("open", comment.open() ? 1 : 0)
        .bind("body", comment.text())
        .execute();
  }

  /** Returns the comments of a report, the oldest first. */
  public List<Comment> of(ReportId report) {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT id, at, actor, is_public, body FROM report_comment"
                        + " WHERE report = :report ORDER BY id")
                .bind("report", report.value())
                .map(
                    (row, context) ->
                        new Comment(
                            row.getString("id"),
                            Instant.ofEpochMilli(row.getLong("at")),
                            row.getString("actor"),
                            row.getInt("is_public") == 1,
                            row.getString("body")))
                .list());
  }
}
