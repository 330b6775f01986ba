package io.kydai.console.deskstatistics;

import io.kydai.console.audit.Actor;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.VisibleReports;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * How long steps took. Every method works on the caller's transaction, and goes through the steps
 * of the span by an index. Ranks are counted by the database, and no list of times leaves it.
 */
final class TimesTable {
  private static final int MAX_ROWS = 2_000;

  /** The step before one, which began the state that the step ended; a note is none. */
  private static final String BEFORE =
      "(SELECT past.%s FROM report_step AS past WHERE past.report = step.report"
          + " AND past.number < step.number AND %s ORDER BY past.number DESC LIMIT 1)";

  private static final String TAKEN =
      "(past.number = 1 OR (past.action IS NOT NULL AND past.action <> 'PROGRESS'))";

  private TimesTable() {}

  /**
   * Returns the times from the assignment of a report until its agency resolved it, by agency, of
   * those that were resolved in the span.
   */
  static Map<String, HandlingTimes> ofAgencies(Handle db, DeskSpan span, VisibleReports visible) {
    String taken =
        "SELECT "
            + BEFORE.formatted("agency", "past.action = 'ASSIGN'")
            + " AS part, step.at - "
            + BEFORE.formatted("at", "past.action = 'ASSIGN'")
            + " AS ms FROM report_step AS step WHERE step.action = 'RESOLVE'"
            + " AND step.at >= :begin AND step.at < :end AND "
            + DeskTable.seen(visible, "step.report");
    Map<String, HandlingTimes> times = new LinkedHashMap<>();
    query(db, ranked(taken), span, visible)
        .map((row, context) -> Map.entry(row.getString("part"), read(row)))
        .forEach(one -> times.put(one.getKey(), one.getValue()));
    return times;
  }

  /** Returns the times before the steps that people took in the span, by the kind of step. */
  static List<StepTimes> ofSteps(Handle db, DeskSpan span, VisibleReports visible) {
    String taken =
        "SELECT step.action AS part, step.at - "
            + BEFORE.formatted("at", TAKEN)
            + " AS ms FROM report_step AS step WHERE step.action IN"
            + " ('VERIFY', 'REJECT', 'ASSIGN', 'ACCEPT', 'RESOLVE', 'RETURN', 'CLOSE')"
            + " AND step.at >= :begin AND step.at < :end AND step.actor <> :node AND "
            + DeskTable.seen(visible, "step.report");
    return query(db, ranked(taken), span, visible)
        .bind("node", Actor.SYSTEM.name())
        .map(
            (row, context) -> new StepTimes(ReportAction.valueOf(row.getString("part")), read(row)))
        .list()
        .stream()
        .sorted((one, other) -> one.action().compareTo(other.action()))
        .toList();
  }

  private static String ranked(String taken) {
    return "SELECT part, total, MAX(CASE WHEN place = (total + 1) / 2 THEN ms END) AS half,"
        + " MAX(CASE WHEN place = (9 * total + 9) / 10 THEN ms END) AS most"
        + " FROM (SELECT part, ms, ROW_NUMBER() OVER (PARTITION BY part ORDER BY ms) AS place,"
        + " COUNT(*) OVER (PARTITION BY part) AS total FROM ("
        + taken
        + ") AS taken WHERE part IS NOT NULL AND ms IS NOT NULL) AS ranked"
        + " GROUP BY part, total ORDER BY part LIMIT "
        + MAX_ROWS;
  }

  private static Query query(Handle db, String sql, DeskSpan span, VisibleReports visible) {
    return DeskTable.query(db, sql, span, visible);
  }

  private static HandlingTimes read(ResultSet row) throws SQLException {
    return new HandlingTimes(
        row.getInt("total"),
        Duration.ofMillis(row.getLong("half")),
        Duration.ofMillis(row.getLong("most")));
  }
}
