package io.kydai.console.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.AlertId;
import io.kydai.streaming.evidence.EvidenceItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Reports, their steps and evidence as rows. Every method works on the caller's transaction.
 * Reports are read with two statements however many there are: their rows, and the evidence of them
 * all.
 */
final class ReportTable {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String COLUMNS = "SELECT " + ReportRows.COLUMNS + " FROM report";

  private static final String STEPS =
      "SELECT at, state, actor, reason, agency, action, note FROM report_step WHERE report = :id";

  private ReportTable() {}

  static void insert(Handle db, Report report, Instant lastSeen) throws SQLException {
    Report.Origin origin = report.origin();
    db.createUpdate(
            "INSERT INTO report (id, alert_id, camera, rule_id, type, state, received_at, started_at,"
                + " last_seen_at, reason, measures, tracks, plates, clip_awaited)"
                + " VALUES (:id, :alert, :camera, :rule, :type, :state, :received, :started,"
                + " :lastSeen, :reason, :measures, :tracks, :plates, 1)")
        .bind("id", report.id().value())
        .bind("alert", origin.alert().value())
        .bind("camera", origin.camera().value())
        .bind("rule", origin.rule().value())
        .bind("type", origin.type())
        .bind("state", report.handling().state().name())
        .bind("received", report.times().receivedAt().toEpochMilli())
        .bind("started", report.times().startedAt().toEpochMilli())
        .bind("lastSeen", lastSeen.toEpochMilli())
        .bind("reason", report.finding().reason())
        .bind("measures", json(report.finding().measures()))
        .bind("tracks", json(report.participants().tracks()))
        .bind("plates", json(PlateJson.of(report.participants().plates())))
        .execute();
  }

  /**
   * Writes what changes while an event lasts.
   *
   * @param lastSeen the newest moment at which it was seen to last
   * @param ended when it ended; null while it lasts
   */
  static void lasting(
      Handle db,
      ReportId id,
      Instant lastSeen,
      @Nullable Instant ended,
      Report.Participants participants,
      Report.Finding finding)
      throws SQLException {
    db.createUpdate(
            "UPDATE report SET last_seen_at = :lastSeen, ended_at = :ended, reason = :reason,"
                + " measures = :measures, tracks = :tracks, plates = :plates WHERE id = :id")
        .bind("lastSeen", lastSeen.toEpochMilli())
        .bind("ended", ended == null ? null : ended.toEpochMilli())
        .bind("reason", finding.reason())
        .bind("measures", json(finding.measures()))
        .bind("tracks", json(participants.tracks()))
        .bind("plates", json(PlateJson.of(participants.plates())))
        .bind("id", id.value())
        .execute();
  }

  /**
   * Writes the state and agency after a step, and counts the version up.
   *
   * @param kept whether the agreement of a second person can still be taken back
   */
  static void setState(
      Handle db, ReportId id, ReportState state, @Nullable String agency, boolean kept) {
    db.createUpdate(
            "UPDATE report SET state = :state, agency = :agency, version = version + 1"
                + (kept ? "" : ", agreed_by = NULL")
                + " WHERE id = :id")
        .bind("state", state.name())
        .bind("agency", agency)
        .bind("id", id.value())
        .execute();
  }

  /** Writes who looked first; null where nobody is waited for. */
  static void setFirstLook(Handle db, ReportId id, Report.@Nullable FirstLook look) {
    db.createUpdate(
            "UPDATE report SET first_look_account = :account, first_look_by = :actor,"
                + " first_look_at = :at WHERE id = :id")
        .bind("account", look == null ? null : look.account())
        .bind("actor", look == null ? null : look.actor())
        .bind("at", look == null ? null : look.at().toEpochMilli())
        .bind("id", id.value())
        .execute();
  }

  /**
   * Writes that a second person agreed.
   *
   * @param first the look that was agreed to
   * @param account the id of the second person's account
   */
  static void setAgreed(Handle db, ReportId id, Report.FirstLook first, String account) {
    db.createUpdate(
            "UPDATE report SET agreed_look_account = :account, agreed_look_by = :actor,"
                + " agreed_look_at = :at, agreed_by = :by WHERE id = :id")
        .bind("account", first.account())
        .bind("actor", first.actor())
        .bind("at", first.at().toEpochMilli())
        .bind("by", account)
        .bind("id", id.value())
        .execute();
  }

  /** Returns the look that somebody agreed to, and may still take back; empty for none. */
  static Optional<Report.FirstLook> agreedTo(Handle db, ReportId id, String account) {
    return db.createQuery(
            "SELECT agreed_look_account, agreed_look_by, agreed_look_at FROM report"
                + " WHERE id = :id AND agreed_by = :by")
        .bind("id", id.value())
        .bind("by", account)
        .map(
            (row, context) ->
                new Report.FirstLook(
                    row.getString("agreed_look_account"),
                    row.getString("agreed_look_by"),
                    Instant.ofEpochMilli(row.getLong("agreed_look_at"))))
        .findOne();
  }

  /** Returns whether two people found a report true since it was last to be checked. */
  static boolean agreedByTwo(Handle db, ReportId id) {
    return db.createQuery(
                "SELECT COUNT(*) FROM report_step AS look WHERE look.report = :id"
                    + " AND look.action = 'VERIFY' AND look.state = 'SECOND_REVIEW'"
                    + " AND look.number > (SELECT COALESCE(MAX(number), 0) FROM report_step AS again"
                    + " WHERE again.report = :id AND again.action = 'REOPEN'"
                    + " AND again.state = 'RECEIVED')")
            .bind("id", id.value())
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  static void addStep(Handle db, ReportId id, Report.Step step) {
    ReportAction action = step.action();
    StepNote note = step.note();
    db.createUpdate(
            "INSERT INTO report_step (report, number, at, state, actor, reason, agency, action,"
                + " note)"
                + " SELECT :id, COALESCE(MAX(number), 0) + 1, :at, :state, :actor, :reason,"
                + " :agency, :action, :note"
                + " FROM report_step WHERE report = :id")
        .bind("id", id.value())
        .bind("at", step.at().toEpochMilli())
        .bind("state", step.state().name())
        .bind("actor", step.actor())
        .bind("reason", step.reason())
        .bind("agency", step.agency())
        .bind("action", action == null ? null : action.name())
        .bind("note", note == null ? null : note.json())
        .execute();
  }

  /** Adds a file, or replaces what is known of the file of that name. */
  static void addEvidence(Handle db, ReportId id, EvidenceItem item) {
    db.createUpdate(
            "INSERT INTO evidence (report, number, name, media_type, size, sha256)"
                + " SELECT :id, COUNT(*) + 1, :name, :mediaType, :size, :sha256"
                + " FROM evidence WHERE report = :id"
                + " ON CONFLICT (report, name) DO UPDATE SET media_type = excluded.media_type,"
                + " size = excluded.size, sha256 = excluded.sha256")
        .bind("id", id.value())
        .bind("name", item.name())
        .bind("mediaType", item.mediaType())
        .bind("size", item.size())
        .bind("sha256", item.sha256())
        .execute();
    if (item.mediaType().startsWith("video/")) {
      clipSettled(db, id);
    }
  }

  static void clipSettled(Handle db, ReportId id) {
    db.createUpdate("UPDATE report SET clip_awaited = 0 WHERE id = :id")
        .bind("id", id.value())
        .execute();
  }

  /** Without its history. */
  static Optional<Report> byAlert(Handle db, AlertId alertId) {
    return ReportRows.reports(
            db, db.createQuery(COLUMNS + " WHERE alert_id = :alert").bind("alert", alertId.value()))
        .stream()
        .findFirst();
  }

  /** Without its history. */
  static Optional<Report> byId(Handle db, ReportId id) {
    return ReportRows.reports(
            db, db.createQuery(COLUMNS + " WHERE id = :id").bind("id", id.value()))
        .stream()
        .findFirst();
  }

  static Report withHistory(Handle db, Report report) {
    return report.withHistory(
        db.createQuery(STEPS + " ORDER BY number")
            .bind("id", report.id().value())
            .map((row, context) -> step(row))
            .list());
  }

  /** Returns the newest step that a person took; empty when none was taken. */
  static Optional<Report.Step> lastAction(Handle db, ReportId id) {
    return db.createQuery(STEPS + " AND action IS NOT NULL ORDER BY number DESC LIMIT 1")
        .bind("id", id.value())
        .map((row, context) -> step(row))
        .findFirst();
  }

  private static Report.Step step(ResultSet row) throws SQLException {
    String action = row.getString("action");
    return new Report.Step(
        Instant.ofEpochMilli(row.getLong("at")),
        ReportState.valueOf(row.getString("state")),
        row.getString("actor"),
        row.getString("reason"),
        row.getString("agency"),
        action == null ? null : ReportAction.valueOf(action),
        StepNote.of(row.getString("note")));
  }

  /** Writes which report another follows, and counts its version up. */
  static void setParent(Handle db, ReportId id, @Nullable ReportId parent) {
    db.createUpdate("UPDATE report SET parent = :parent, version = version + 1 WHERE id = :id")
        .bind("parent", parent == null ? null : parent.value())
        .bind("id", id.value())
        .execute();
  }

  /** Returns the reports that follow another, the oldest first. */
  static List<Report> followers(Handle db, ReportId parent) {
    return ReportRows.reports(
        db,
        db.createQuery(COLUMNS + " WHERE parent = :parent ORDER BY id")
            .bind("parent", parent.value()));
  }

  /** Returns reports of a type whose events began within a span, at most {@code limit}. */
  static List<Report> begun(Handle db, String type, Instant from, Instant to, int limit) {
    return ReportRows.reports(
        db,
        db.createQuery(
                COLUMNS
                    + " WHERE type = :type AND started_at BETWEEN :from AND :to"
                    + " ORDER BY started_at LIMIT :limit")
            .bind("type", type)
            .bind("from", from.toEpochMilli())
            .bind("to", to.toEpochMilli())
            .bind("limit", limit));
  }

  /** Returns the newest reports of an incident, the newest first. */
  static List<Report> ofIncident(Handle db, String incident, int limit) {
    return ReportRows.reports(
        db,
        db.createQuery(COLUMNS + " WHERE incident = :incident ORDER BY id DESC LIMIT :limit")
            .bind("incident", incident)
            .bind("limit", limit));
  }

  static Optional<ReportId> newestId(Handle db) {
    return Optional.ofNullable(
            db.createQuery("SELECT MAX(id) FROM report").mapTo(String.class).one())
        .map(ReportId::of);
  }

  /** The names of the evidence of each alert that has a report. */
  static Map<AlertId, Set<String>> evidenceOf(Handle db, List<AlertId> alerts) {
    if (alerts.isEmpty()) {
      return Map.of();
    }
    Map<AlertId, Set<String>> names = new HashMap<>();
    db.createQuery(
            "SELECT alert_id, name FROM report LEFT JOIN evidence ON report = id"
                + " WHERE alert_id IN (<alerts>)")
        .bindList("alerts", alerts.stream().map(AlertId::value).toList())
        .map((row, context) -> new String[] {row.getString("alert_id"), row.getString("name")})
        .forEach(
            pair -> {
              Set<String> known =
                  names.computeIfAbsent(AlertId.of(pair[0]), alert -> new HashSet<>());
              if (pair[1] != null) {
                known.add(pair[1]);
              }
            });
    return names;
  }

  /** What a process left unfinished. */
  record Unfinished(
      ReportId id, ReportState state, Instant lastSeen, boolean open, boolean noClip) {}

  static List<Unfinished> unfinished(Handle db) {
    return db.createQuery(
            "SELECT id, state, last_seen_at, ended_at IS NULL AS open, clip_awaited FROM report"
                + " WHERE ended_at IS NULL OR clip_awaited = 1 ORDER BY id")
        .map(
            (row, context) ->
                new Unfinished(
                    ReportId.of(row.getString("id")),
                    ReportState.valueOf(row.getString("state")),
                    Instant.ofEpochMilli(row.getLong("last_seen_at")),
                    row.getBoolean("open"),
                    row.getInt("clip_awaited") == 1))
        .list();
  }

  static void end(Handle db, ReportId id, Instant at) {
    db.createUpdate("UPDATE report SET ended_at = :at WHERE id = :id")
        .bind("at", at.toEpochMilli())
        .bind("id", id.value())
        .execute();
  }

  private static String json(Object value) throws SQLException {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new SQLException("cannot write a column as JSON", e);
    }
  }
}
