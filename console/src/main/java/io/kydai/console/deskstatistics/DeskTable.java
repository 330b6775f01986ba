package io.kydai.console.deskstatistics;

import io.kydai.analytics.alert.RuleId;
import io.kydai.console.audit.Actor;
import io.kydai.console.incidents.Verdicts;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.VisibleReports;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Counts of steps, deadlines and verdicts. Every method works on the caller's transaction, and goes
 * through the steps, deadlines or days of the span by an index.
 */
final class DeskTable {
  private static final int MAX_ROWS = 2_000;
  private static final int REASONS_OF_AGENCY = 10;
  private static final int MAX_REASONS = 50;
  private static final int MAX_REVIEWERS = 200;
  private static final int SAMPLE = 5;
  private static final long DAY_MILLIS = 86_400_000;

  /** The agency that a report was with before a step. */
  private static final String AGENCY_BEFORE =
      "(SELECT past.agency FROM report_step AS past WHERE past.report = step.report"
          + " AND past.number < step.number AND past.agency IS NOT NULL"
          + " ORDER BY past.number DESC LIMIT 1)";

  private static final String OPENED_AGAIN =
      "(SELECT COUNT(*) FROM report_step AS later WHERE later.report = step.report"
          + " AND later.number > step.number AND later.action = 'REOPEN')";

  private static final String DECISIONS =
      " FROM report_step AS step WHERE step.action IN ('VERIFY', 'REJECT')"
          + " AND step.at >= :begin AND step.at < :end AND step.actor <> :node AND ";

  private DeskTable() {}

  /** A count of an agency. */
  record Counted(String agency, int count) {}

  /** A count of an agency's deadlines. */
  record Deadlines(String agency, int onTime, int late) {}

  /**
   * A count of an agency's returns with a reason.
   *
   * @param ofAgency its returns with any reason
   */
  record Returned(String agency, String reason, int count, int ofAgency) {}

  /** A count of decisions. */
  record Decisions(int verified, int rejected) {}

  /**
   * Returns the condition that a report may be seen. It is a count, and not a join: the condition's
   * columns are the report's own, and PostgreSQL does not go through all reports for it.
   */
  static String seen(VisibleReports visible, String report) {
    return "(SELECT COUNT(*) FROM report WHERE report.id = %s AND (%s)) > 0"
        .formatted(report, visible.sql());
  }

  static Query query(Handle db, String sql, DeskSpan span, VisibleReports visible) {
    Query query =
        db.createQuery(sql)
            .bind("begin", span.from().toEpochMilli())
            .bind("end", span.to().toEpochMilli())
            .bindMap(visible.values());
    visible.lists().forEach(query::bindList);
    return query;
  }

  static List<Counted> received(Handle db, DeskSpan span, VisibleReports visible) {
    String sql =
        "SELECT step.agency AS agency, COUNT(*) AS counted FROM report_step AS step"
            + " WHERE step.action = 'ASSIGN' AND step.at >= :begin AND step.at < :end AND "
            + seen(visible, "step.report")
            + " GROUP BY step.agency ORDER BY counted DESC LIMIT "
            + MAX_ROWS;
    return query(db, sql, span, visible)
        .map((row, context) -> new Counted(row.getString("agency"), row.getInt("counted")))
        .list();
  }

  /** A clock that stood when its stage ended was not late. */
  static List<Deadlines> deadlines(Handle db, DeskSpan span, VisibleReports visible, Instant now) {
    String sql =
        "SELECT due.agency AS agency, SUM(CASE WHEN due.ended_at IS NOT NULL AND"
            + " (due.ended_at <= due.due_at OR due.left_ms IS NOT NULL) THEN 1 ELSE 0 END) AS good,"
            + " SUM(CASE WHEN (due.ended_at > due.due_at AND due.left_ms IS NULL)"
            + " OR due.open_due_at < :now THEN 1 ELSE 0 END) AS bad"
            + " FROM report_deadline AS due WHERE due.stage = 'HANDLE' AND due.agency IS NOT NULL"
            + " AND due.begun_at >= :begin AND due.begun_at < :end AND "
            + seen(visible, "due.report")
            + " GROUP BY due.agency ORDER BY due.agency LIMIT "
            + MAX_ROWS;
    return query(db, sql, span, visible)
        .bind("now", now.toEpochMilli())
        .map(
            (row, context) ->
                new Deadlines(row.getString("agency"), row.getInt("good"), row.getInt("bad")))
        .list();
  }

  static List<Returned> returned(Handle db, DeskSpan span, VisibleReports visible) {
    String sql =
        "SELECT agency, reason, counted, total FROM (SELECT agency, reason, COUNT(*) AS counted,"
            + " SUM(COUNT(*)) OVER (PARTITION BY agency) AS total,"
            + " ROW_NUMBER() OVER (PARTITION BY agency ORDER BY COUNT(*) DESC, reason) AS place"
            + " FROM (SELECT "
            + AGENCY_BEFORE
            + " AS agency, step.reason AS reason FROM report_step AS step"
            + " WHERE step.action = 'RETURN' AND step.at >= :begin AND step.at < :end AND "
            + seen(visible, "step.report")
            + ") AS returned WHERE agency IS NOT NULL GROUP BY agency, reason) AS ranked"
            + " WHERE place <= "
            + REASONS_OF_AGENCY
            + " ORDER BY agency, place";
    return query(db, sql, span, visible)
        .map(
            (row, context) ->
                new Returned(
                    row.getString("agency"),
                    row.getString("reason"),
                    row.getInt("counted"),
                    row.getInt("total")))
        .list();
  }

  static Decisions decisions(Handle db, DeskSpan span, VisibleReports visible) {
    String sql =
        "SELECT COALESCE(SUM(CASE WHEN step.state = 'VERIFIED' THEN 1 ELSE 0 END), 0) AS verified,"
            + " COALESCE(SUM(CASE WHEN step.action = 'REJECT' THEN 1 ELSE 0 END), 0) AS rejected"
            + DECISIONS
            + seen(visible, "step.report");
    return query(db, sql, span, visible)
        .bind("node", Actor.SYSTEM.name())
        .map((row, context) -> new Decisions(row.getInt("verified"), row.getInt("rejected")))
        .one();
  }

  static List<ReasonCount> rejectReasons(Handle db, DeskSpan span, VisibleReports visible) {
    String sql =
        "SELECT step.reason AS reason, COUNT(*) AS counted FROM report_step AS step"
            + " WHERE step.action = 'REJECT' AND step.at >= :begin AND step.at < :end"
            + " AND step.actor <> :node AND step.reason IS NOT NULL AND "
            + seen(visible, "step.report")
            + " GROUP BY step.reason ORDER BY counted DESC, reason LIMIT "
            + MAX_REASONS;
    return query(db, sql, span, visible)
        .bind("node", Actor.SYSTEM.name())
        .map((row, context) -> new ReasonCount(row.getString("reason"), row.getInt("counted")))
        .list();
  }

  /** Returns the figures of reviewers without samples, those first who decided most. */
  static List<ReviewerFigures> reviewers(Handle db, DeskSpan span, VisibleReports visible) {
    String sql =
        "SELECT actor, SUM(CASE WHEN action = 'VERIFY' THEN 1 ELSE 0 END) AS verified,"
            + " SUM(CASE WHEN action = 'REJECT' THEN 1 ELSE 0 END) AS rejected,"
            + " SUM(CASE WHEN again > 0 THEN 1 ELSE 0 END) AS reopened"
            + " FROM (SELECT step.actor AS actor, step.action AS action, "
            + OPENED_AGAIN
            + " AS again"
            + DECISIONS
            + seen(visible, "step.report")
            + ") AS decided GROUP BY actor ORDER BY COUNT(*) DESC, actor LIMIT "
            + MAX_REVIEWERS;
    return query(db, sql, span, visible)
        .bind("node", Actor.SYSTEM.name())
        .map(
            (row, context) ->
                new ReviewerFigures(
                    row.getString("actor"),
                    row.getInt("verified"),
                    row.getInt("rejected"),
                    row.getInt("reopened"),
                    ReviewerFigures.Looks.NONE,
                    List.of()))
        .list();
  }

  /** A decision of a reviewer. */
  record Drawn(String reviewer, ReviewerFigures.Decided decided) {}

  /**
   * Draws {@value #SAMPLE} decisions of each reviewer by the random end of the reports' ids, which
   * nobody chooses.
   */
  static List<Drawn> samples(Handle db, DeskSpan span, VisibleReports visible) {
    String sql =
        "SELECT actor, report, at, action, reason FROM (SELECT step.actor AS actor,"
            + " step.report AS report, step.at AS at, step.action AS action,"
            + " step.reason AS reason, ROW_NUMBER() OVER (PARTITION BY step.actor"
            + " ORDER BY substr(step.report, 17), step.report, step.number) AS place"
            + DECISIONS
            + seen(visible, "step.report")
            + ") AS drawn WHERE place <= "
            + SAMPLE
            + " ORDER BY actor, place LIMIT "
            + SAMPLE * MAX_REVIEWERS;
    return query(db, sql, span, visible)
        .bind("node", Actor.SYSTEM.name())
        .map(
            (row, context) ->
                new Drawn(
                    row.getString("actor"),
                    new ReviewerFigures.Decided(
                        ReportId.of(row.getString("report")),
                        Instant.ofEpochMilli(row.getLong("at")),
                        row.getString("action").equals("VERIFY"),
                        row.getString("reason"))))
        .list();
  }

  /** Returns the verdicts of the days, in UTC, that begin in a span. */
  static List<Verdicts> verdicts(Handle db, Instant from, Instant to) {
    return db.createQuery(
            "SELECT camera, rule_id, SUM(verified) AS verified, SUM(rejected) AS rejected"
                + " FROM rule_verdict WHERE day >= :first AND day < :last GROUP BY camera, rule_id"
                + " HAVING SUM(verified) + SUM(rejected) > 0 ORDER BY camera, rule_id")
        .bind("first", day(from))
        .bind("last", day(to))
        .map(
            (row, context) ->
                new Verdicts(
                    new CameraId(row.getString("camera")),
                    RuleId.of(row.getString("rule_id")),
                    row.getInt("verified"),
                    row.getInt("rejected")))
        .list();
  }

  /** Returns the first day that begins at or after a moment. */
  private static long day(Instant at) {
    return Math.floorDiv(at.toEpochMilli() + DAY_MILLIS - 1, DAY_MILLIS);
  }
}
