package io.kydai.console.incidents;

import io.kydai.analytics.alert.RuleId;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportState;
import io.kydai.ingest.source.CameraId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Incidents as rows. Every method works on the caller's transaction. */
final class IncidentTable {
  static final String COLUMNS =
      "SELECT id, camera, rule_id, type, priority, first_at, last_at, last_report, reports,"
          + " to_check, with_agency, done, tab, second_look, machine_rank FROM incident";

  /** The tab of an incident, by its counts. */
  private static final String TAB =
      " tab = CASE WHEN to_check > 0 THEN 1 WHEN with_agency > 0 THEN 2 ELSE 3 END";

  private IncidentTable() {}

  /** Returns the newest incident of a report's camera and rule. */
  static Optional<Incident> newest(Handle db, Report report) {
    return db.createQuery(
            COLUMNS + " WHERE camera = :camera AND rule_id = :rule ORDER BY last_at DESC LIMIT 1")
        .bind("camera", report.origin().camera().value())
        .bind("rule", report.origin().rule().value())
        .map((row, context) -> incident(row))
        .findFirst();
  }

  /** Makes an incident of a report that came in. */
  static void insert(Handle db, Report report) {
    db.createUpdate(
            "INSERT INTO incident (id, camera, rule_id, type, priority, first_at, last_at,"
                + " received_at, last_report, reports, to_check, with_agency, done, tab)"
                + " VALUES (:id, :camera, :rule, :type, :priority, :at, :at, :received, :id, 1, 1,"
                + " 0, 0, 1)")
        .bind("id", report.id().value())
        .bind("camera", report.origin().camera().value())
        .bind("rule", report.origin().rule().value())
        .bind("type", report.origin().type())
        .bind("priority", Priority.of(report.origin().type()).number())
        .bind("at", report.times().startedAt().toEpochMilli())
        .bind("received", report.times().receivedAt().toEpochMilli())
        .execute();
  }

  /** Adds a report that came in to an incident. */
  static void add(Handle db, ReportId incident, Report report) {
    db.createUpdate(
            "UPDATE incident SET reports = reports + 1, to_check = to_check + 1, tab = 1,"
                + " machine_rank = 1000, last_report = :report, received_at = :received,"
                + " last_at = CASE WHEN last_at < :at THEN :at ELSE last_at END WHERE id = :id")
        .bind("report", report.id().value())
        .bind("received", report.times().receivedAt().toEpochMilli())
        .bind("at", report.times().startedAt().toEpochMilli())
        .bind("id", incident.value())
        .execute();
  }

  /** Writes to which incident a report belongs. */
  static void assign(Handle db, ReportId report, ReportId incident) {
    db.createUpdate("UPDATE report SET incident = :incident WHERE id = :id")
        .bind("incident", incident.value())
        .bind("id", report.value())
        .execute();
  }

  /** Moves a report of an incident from the numbers of one state to those of another. */
  static void move(Handle db, String incident, ReportState from, ReportState to) {
    int second = waits(to) - waits(from);
    if (second != 0) {
      db.createUpdate("UPDATE incident SET second_look = second_look + :by WHERE id = :id")
          .bind("by", second)
          .bind("id", incident)
          .execute();
    }
    if (Tab.of(from) == Tab.of(to)) {
      return;
    }
    db.createUpdate(
            "UPDATE incident SET %1$s = %1$s - 1, %2$s = %2$s + 1 WHERE id = :id"
                .formatted(Tab.of(from).column(), Tab.of(to).column()))
        .bind("id", incident)
        .execute();
    db.createUpdate("UPDATE incident SET" + TAB + " WHERE id = :id").bind("id", incident).execute();
  }

  private static int waits(ReportState state) {
    return state == ReportState.SECOND_REVIEW ? 1 : 0;
  }

  /** Writes who is at work on a report; null for nobody. */
  static void setHandler(Handle db, ReportId report, @Nullable String handler) {
    db.createUpdate("UPDATE report SET handler = :handler WHERE id = :id")
        .bind("handler", handler)
        .bind("id", report.value())
        .execute();
  }

  static Optional<Incident> byId(Handle db, String id) {
    return db.createQuery(COLUMNS + " WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> incident(row))
        .findFirst();
  }

  /** Returns the incidents to check of a priority, the likeliest and then the newest first. */
  static List<Incident> ranked(
      Handle db,
      IncidentFilter filter,
      Priority priority,
      @Nullable IncidentCursor after,
      int limit) {
    IncidentListQuery query = of(filter, Tab.TO_CHECK, priority);
    if (after != null) {
      query.and("machine_rank <= :rank", "rank", after.rank());
      query.and("(machine_rank < :rank OR id < :before)", "before", after.id().value());
    }
    return query.first(db, "machine_rank DESC, id DESC", limit);
  }

  /** Returns the incidents of a tab and priority, the newest first. */
  static List<Incident> list(
      Handle db,
      IncidentFilter filter,
      Tab tab,
      @Nullable Priority priority,
      @Nullable String before,
      int limit) {
    return before(of(filter, tab, priority), before).first(db, "id DESC", limit);
  }

  /** Returns the open incidents of a handler, the newest first. */
  static List<Incident> mine(
      Handle db, IncidentFilter filter, String handler, @Nullable String before, int limit) {
    IncidentListQuery query = new IncidentListQuery(filter);
    String own = "id IN (SELECT incident FROM report WHERE handler = :handler)";
    if (filter.claimed().isEmpty()) {
      query.andChosen(own, "handler", handler);
    } else {
      query.andChosen("(" + own + " OR id IN (<claimed>))", "handler", handler);
      query.list("claimed", filter.claimed());
    }
    return before(query, before).first(db, "id DESC", limit);
  }

  private static IncidentListQuery of(IncidentFilter filter, Tab tab, @Nullable Priority priority) {
    IncidentListQuery query = new IncidentListQuery(filter).and("tab = " + tab.number());
    return priority == null ? query : query.and("priority = " + priority.number());
  }

  private static IncidentListQuery before(IncidentListQuery query, @Nullable String before) {
    return before == null ? query : query.and("id < :before", "before", before);
  }

  static Incident incident(ResultSet row) throws SQLException {
    return new Incident(
        ReportId.of(row.getString("id")),
        new CameraId(row.getString("camera")),
        RuleId.of(row.getString("rule_id")),
        row.getString("type"),
        Priority.numbered(row.getInt("priority")),
        Instant.ofEpochMilli(row.getLong("first_at")),
        Instant.ofEpochMilli(row.getLong("last_at")),
        ReportId.of(row.getString("last_report")),
        new Incident.Counts(
            row.getInt("reports"),
            row.getInt("to_check"),
            row.getInt("with_agency"),
            row.getInt("done"),
            row.getInt("second_look")),
        Tab.numbered(row.getInt("tab")),
        row.getInt("machine_rank"),
        List.of());
  }
}
