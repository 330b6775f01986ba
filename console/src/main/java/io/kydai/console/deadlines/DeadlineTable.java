package io.kydai.console.deadlines;

import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.VisibleReports;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines as rows. Every method works on the caller's transaction. {@code open_due_at} is the due
 * moment of a deadline that runs, {@code next_at} the moment of its next reminder or escalation;
 * both are null for one that ended or stands.
 */
final class DeadlineTable {
  private static final String COLUMNS =
      "SELECT id, report, stage, rule_id, agency, begun_at, due_at, left_ms, reminded, level"
          + " FROM report_deadline";

  private DeadlineTable() {}

  static void insert(Handle db, Deadline deadline, Instant next) {
    db.createUpdate(
            "INSERT INTO report_deadline (id, report, stage, rule_id, agency, begun_at, due_at,"
                + " open_due_at, next_at, reminded, level, is_open) VALUES (:id, :report, :stage,"
                + " :rule, :agency, :begun, :due, :due, :next, 0, 0, 1)")
        .bind("id", deadline.id())
        .bind("report", deadline.report().value())
        .bind("stage", deadline.stage().name())
        .bind("rule", deadline.rule())
        .bind("agency", deadline.agency())
        .bind("begun", deadline.begunAt().toEpochMilli())
        .bind("due", deadline.dueAt().toEpochMilli())
        .bind("next", next.toEpochMilli())
        .execute();
    setDue(db, deadline.report(), deadline.dueAt());
  }

  /** Writes on the report by when it is due; null for nothing. */
  private static void setDue(Handle db, ReportId report, @Nullable Instant due) {
    db.createUpdate("UPDATE report SET due_at = :due WHERE id = :id")
        .bind("due", due == null ? null : due.toEpochMilli())
        .bind("id", report.value())
        .execute();
  }

  /** Ends the open deadline of a report. */
  static void end(Handle db, ReportId report, Instant now) {
    int ended =
        db.createUpdate(
                "UPDATE report_deadline SET is_open = 0, open_due_at = NULL, next_at = NULL,"
                    + " ended_at = :now WHERE report = :report AND is_open = 1")
            .bind("now", now.toEpochMilli())
            .bind("report", report.value())
            .execute();
    if (ended > 0) {
      setDue(db, report, null);
    }
  }

  /** Lets the clock of an open deadline stand. */
  static void pause(Handle db, Deadline deadline, Duration left) {
    db.createUpdate(
            "UPDATE report_deadline SET left_ms = :left, open_due_at = NULL, next_at = NULL"
                + " WHERE id = :id")
        .bind("left", left.toMillis())
        .bind("id", deadline.id())
        .execute();
    setDue(db, deadline.report(), null);
  }

  /** Lets the clock of an open deadline run again. */
  static void resume(Handle db, Deadline deadline, Instant due, Instant next) {
    db.createUpdate(
            "UPDATE report_deadline SET left_ms = NULL, due_at = :due, open_due_at = :due,"
                + " next_at = :next WHERE id = :id")
        .bind("due", due.toEpochMilli())
        .bind("next", next.toEpochMilli())
        .bind("id", deadline.id())
        .execute();
    setDue(db, deadline.report(), due);
  }

  /** Writes that somebody was reminded, or that it was escalated. */
  static void passed(Handle db, Deadline deadline, int level, @Nullable Instant next) {
    db.createUpdate(
            "UPDATE report_deadline SET reminded = 1, level = :level, next_at = :next"
                + " WHERE id = :id")
        .bind("level", level)
        .bind("next", next == null ? null : next.toEpochMilli())
        .bind("id", deadline.id())
        .execute();
  }

  static Optional<Deadline> open(Handle db, ReportId report) {
    return db.createQuery(COLUMNS + " WHERE report = :report AND is_open = 1")
        .bind("report", report.value())
        .map((row, context) -> deadline(row))
        .findFirst();
  }

  /** Returns a deadline whose next reminder or escalation is due; empty when it is not any more. */
  static Optional<Deadline> passing(Handle db, String id, Instant now) {
    return db.createQuery(COLUMNS + " WHERE id = :id AND next_at <= :now")
        .bind("id", id)
        .bind("now", now.toEpochMilli())
        .map((row, context) -> deadline(row))
        .findFirst();
  }

  /**
   * Returns the deadlines whose next reminder or escalation is due, those first that wait longest.
   */
  static List<Deadline> passing(Handle db, Instant now, int limit) {
    return db.createQuery(COLUMNS + " WHERE next_at <= :now ORDER BY next_at LIMIT :limit")
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .map((row, context) -> deadline(row))
        .list();
  }

  /** Returns the deadlines that are over and run, those first that are late longest. */
  static List<Deadline> late(
      Handle db, Instant now, @Nullable String agency, VisibleReports visible, int limit) {
    Query query =
        db.createQuery(
                COLUMNS
                    + " WHERE open_due_at <= :now"
                    + (agency == null ? "" : " AND agency = :agency")
                    + " AND EXISTS (SELECT 1 FROM report WHERE report.id = report_deadline.report AND ("
                    + visible.sql()
                    + ")) ORDER BY open_due_at, id LIMIT :limit")
            .bind("now", now.toEpochMilli())
            .bindMap(agency == null ? Map.of() : Map.of("agency", agency))
            .bindMap(visible.values())
            .bind("limit", limit);
    visible.lists().forEach(query::bindList);
    return query.map((row, context) -> deadline(row)).list();
  }

  private static Deadline deadline(ResultSet row) throws SQLException {
    long left = row.getLong("left_ms");
    Duration leftTime = row.wasNull() ? null : Duration.ofMillis(left);
    return new Deadline(
        row.getString("id"),
        ReportId.of(row.getString("report")),
        Stage.valueOf(row.getString("stage")),
        row.getString("rule_id"),
        row.getString("agency"),
        Instant.ofEpochMilli(row.getLong("begun_at")),
        Instant.ofEpochMilli(row.getLong("due_at")),
        leftTime,
        row.getInt("reminded") == 1,
        row.getInt("level"));
  }
}
