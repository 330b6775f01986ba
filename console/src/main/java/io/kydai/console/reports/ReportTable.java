package io.kydai.console.reports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.Plate;
import io.kydai.ingest.CameraId;
import io.kydai.streaming.EvidenceItem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reports, their steps and evidence as rows. Every method works on the caller's transaction. */
final class ReportTable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String COLUMNS =
      "SELECT id, alert_id, camera, rule_id, type, state, received_at, started_at, ended_at, reason,"
          + " measures, tracks, plates, agency FROM report";

  private ReportTable() {}

  static void insert(Connection db, Report report, Instant lastSeen) throws SQLException {
    try (var row =
        db.prepareStatement(
            "INSERT INTO report (id, alert_id, camera, rule_id, type, state, received_at, started_at,"
                + " last_seen_at, reason, measures, tracks, plates, clip_awaited)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)")) {
      row.setString(1, report.id());
      row.setString(2, report.alertId());
      row.setString(3, report.camera().value());
      row.setString(4, report.rule());
      row.setString(5, report.type());
      row.setString(6, report.state().name());
      row.setLong(7, report.receivedAt().toEpochMilli());
      row.setLong(8, report.startedAt().toEpochMilli());
      row.setLong(9, lastSeen.toEpochMilli());
      row.setString(10, report.reason());
      row.setString(11, json(report.measures()));
      row.setString(12, json(report.tracks()));
      row.setString(13, PlateJson.write(report.plates()).toString());
      row.executeUpdate();
    }
  }

  /** Writes what a lasting happening changes. */
  static void lasting(
      Connection db,
      String id,
      Instant lastSeen,
      Optional<Instant> ended,
      String reason,
      Map<String, Double> measures,
      List<Long> tracks,
      List<Plate> plates)
      throws SQLException {
    try (var row =
        db.prepareStatement(
            "UPDATE report SET last_seen_at = ?, ended_at = ?, reason = ?, measures = ?, tracks = ?,"
                + " plates = ? WHERE id = ?")) {
      row.setLong(1, lastSeen.toEpochMilli());
      setMillis(row, 2, ended);
      row.setString(3, reason);
      row.setString(4, json(measures));
      row.setString(5, json(tracks));
      row.setString(6, PlateJson.write(plates).toString());
      row.setString(7, id);
      row.executeUpdate();
    }
  }

  static void setState(Connection db, String id, ReportState state, Optional<String> agency)
      throws SQLException {
    try (var row =
        db.prepareStatement(
            "UPDATE report SET state = ?, agency = COALESCE(?, agency) WHERE id = ?")) {
      row.setString(1, state.name());
      row.setString(2, agency.orElse(null));
      row.setString(3, id);
      row.executeUpdate();
    }
  }

  static void addStep(Connection db, String id, Report.Step step) throws SQLException {
    try (var row =
        db.prepareStatement(
            "INSERT INTO report_step (report, number, at, state, actor, reason, agency)"
                + " SELECT ?, COUNT(*) + 1, ?, ?, ?, ?, ? FROM report_step WHERE report = ?")) {
      row.setString(1, id);
      row.setLong(2, step.at().toEpochMilli());
      row.setString(3, step.state().name());
      row.setString(4, step.actor());
      row.setString(5, step.reason().orElse(null));
      row.setString(6, step.agency().orElse(null));
      row.setString(7, id);
      row.executeUpdate();
    }
  }

  /** Adds a file, or replaces what is known of the file of that name. */
  static void addEvidence(Connection db, String id, EvidenceItem item) throws SQLException {
    try (var row =
        db.prepareStatement(
            "INSERT INTO evidence (report, number, name, media_type, size, sha256)"
                + " SELECT ?, COUNT(*) + 1, ?, ?, ?, ? FROM evidence WHERE report = ?"
                + " ON CONFLICT (report, name) DO UPDATE SET media_type = excluded.media_type,"
                + " size = excluded.size, sha256 = excluded.sha256")) {
      row.setString(1, id);
      row.setString(2, item.name());
      row.setString(3, item.mediaType());
      row.setLong(4, item.size());
      row.setString(5, item.sha256());
      row.setString(6, id);
      row.executeUpdate();
    }
    if (item.mediaType().startsWith("video/")) {
      clipSettled(db, id);
    }
  }

  static void clipSettled(Connection db, String id) throws SQLException {
    try (var row = db.prepareStatement("UPDATE report SET clip_awaited = 0 WHERE id = ?")) {
      row.setString(1, id);
      row.executeUpdate();
    }
  }

  /** Without its history. */
  static Optional<Report> byAlert(Connection db, String alertId) throws SQLException {
    return one(db, COLUMNS + " WHERE alert_id = ?", alertId);
  }

  /** Without its history. */
  static Optional<Report> byId(Connection db, String id) throws SQLException {
    return one(db, COLUMNS + " WHERE id = ?", id);
  }

  private static Optional<Report> one(Connection db, String sql, String key) throws SQLException {
    try (var select = db.prepareStatement(sql)) {
      select.setString(1, key);
      return reports(db, select).stream().findFirst();
    }
  }

  static Report withHistory(Connection db, Report report) throws SQLException {
    List<Report.Step> steps = new ArrayList<>();
    try (var select =
        db.prepareStatement(
            "SELECT at, state, actor, reason, agency FROM report_step WHERE report = ?"
                + " ORDER BY number")) {
      select.setString(1, report.id());
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          steps.add(
              new Report.Step(
                  Instant.ofEpochMilli(rows.getLong(1)),
                  ReportState.valueOf(rows.getString(2)),
                  rows.getString(3),
                  Optional.ofNullable(rows.getString(4)),
                  Optional.ofNullable(rows.getString(5))));
        }
      }
    }
    return Reports.withHistory(report, steps);
  }

  /** The newest first, at most {@code limit}. */
  static List<Report> list(Connection db, ReportFilter filter, int limit) throws SQLException {
    StringBuilder sql = new StringBuilder(COLUMNS).append(" WHERE 1 = 1");
    List<Object> values = new ArrayList<>();
    filter.state().ifPresent(state -> and(sql, values, "state = ?", state.name()));
    filter.camera().ifPresent(camera -> and(sql, values, "camera = ?", camera.value()));
    filter.type().ifPresent(type -> and(sql, values, "type = ?", type));
    filter.since().ifPresent(since -> and(sql, values, "received_at >= ?", since.toEpochMilli()));
    filter.cursor().ifPresent(cursor -> and(sql, values, "id < ?", Cursor.id(cursor)));
    values.add(limit);
    try (var select = db.prepareStatement(sql + " ORDER BY id DESC LIMIT ?")) {
      for (int i = 0; i < values.size(); i++) {
        select.setObject(i + 1, values.get(i));
      }
      return reports(db, select);
    }
  }

  private static void and(StringBuilder sql, List<Object> values, String what, Object value) {
    sql.append(" AND ").append(what);
    values.add(value);
  }

  static Optional<String> newestId(Connection db) throws SQLException {
    try (var select = db.prepareStatement("SELECT MAX(id) FROM report");
        var rows = select.executeQuery()) {
      return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
    }
  }

  /** What a process left unfinished. */
  record Unfinished(String id, ReportState state, Instant lastSeen, boolean open, boolean noClip) {}

  static List<Unfinished> unfinished(Connection db) throws SQLException {
    List<Unfinished> list = new ArrayList<>();
    try (var select =
            db.prepareStatement(
                "SELECT id, state, last_seen_at, ended_at IS NULL, clip_awaited FROM report"
                    + " WHERE ended_at IS NULL OR clip_awaited = 1 ORDER BY id");
        var rows = select.executeQuery()) {
      while (rows.next()) {
        list.add(
            new Unfinished(
                rows.getString(1),
                ReportState.valueOf(rows.getString(2)),
                Instant.ofEpochMilli(rows.getLong(3)),
                rows.getBoolean(4),
                rows.getInt(5) == 1));
      }
    }
    return list;
  }

  static void end(Connection db, String id, Instant at) throws SQLException {
    try (var row = db.prepareStatement("UPDATE report SET ended_at = ? WHERE id = ?")) {
      row.setLong(1, at.toEpochMilli());
      row.setString(2, id);
      row.executeUpdate();
    }
  }

  private static List<Report> reports(Connection db, PreparedStatement select) throws SQLException {
    List<Report> reports = new ArrayList<>();
    try (var rows = select.executeQuery()) {
      while (rows.next()) {
        reports.add(report(db, rows));
      }
    }
    return reports;
  }

  private static Report report(Connection db, ResultSet row) throws SQLException {
    long ended = row.getLong(9);
    Optional<Instant> endedAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(ended));
    return new Report(
        row.getString(1),
        row.getString(2),
        new CameraId(row.getString(3)),
        row.getString(4),
        row.getString(5),
        ReportState.valueOf(row.getString(6)),
        Instant.ofEpochMilli(row.getLong(7)),
        Instant.ofEpochMilli(row.getLong(8)),
        endedAt,
        row.getString(10),
        parsed(row.getString(11), new TypeReference<TreeMap<String, Double>>() {}),
        parsed(row.getString(12), new TypeReference<List<Long>>() {}),
        plates(row.getString(13)),
        Optional.ofNullable(row.getString(14)),
        evidence(db, row.getString(1)),
        List.of());
  }

  private static List<EvidenceItem> evidence(Connection db, String id) throws SQLException {
    List<EvidenceItem> items = new ArrayList<>();
    try (var select =
        db.prepareStatement(
            "SELECT name, media_type, size, sha256 FROM evidence WHERE report = ? ORDER BY number")) {
      select.setString(1, id);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          items.add(
              new EvidenceItem(
                  rows.getString(1), rows.getString(2), rows.getLong(3), rows.getString(4)));
        }
      }
    }
    return items;
  }

  private static void setMillis(PreparedStatement row, int index, Optional<Instant> at)
      throws SQLException {
    if (at.isPresent()) {
      row.setLong(index, at.get().toEpochMilli());
    } else {
      row.setNull(index, java.sql.Types.BIGINT);
    }
  }

  private static String json(Object value) throws SQLException {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new SQLException("cannot write a column as JSON", e);
    }
  }

  private static List<Plate> plates(String json) throws SQLException {
    try {
      return PlateJson.read(JSON.readTree(json));
    } catch (JsonProcessingException e) {
      throw new SQLException("a column holds no JSON", e);
    }
  }

  private static <T> T parsed(String json, TypeReference<T> type) throws SQLException {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new SQLException("a column holds no JSON", e);
    }
  }
}
