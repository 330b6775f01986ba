package io.kydai.console.reports;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.alert.RuleId;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads reports from the rows of a query, with one more statement for the evidence of them all.
 *
 * <p>A page of a list has 50 of them and is read many times a second, therefore rows are read
 * straight from the result, columns by their numbers, and the small JSON of a column token by
 * token.
 */
final class ReportRows {
  private static final JsonFactory JSON = new JsonFactory();

  /** The columns of a report in the order in which they are selected and read. */
  private enum Column {
    ID,
    ALERT_ID,
    CAMERA,
    RULE_ID,
    TYPE,
    STATE,
    RECEIVED_AT,
    STARTED_AT,
    ENDED_AT,
    REASON,
    MEASURES,
    TRACKS,
    PLATES,
    AGENCY,
    VERSION,
    INCIDENT,
    PARENT,
    DUE_AT,
    FIRST_LOOK_ACCOUNT,
    FIRST_LOOK_BY,
    FIRST_LOOK_AT;

    /** Its number in a row. A driver finds names by going through them all, for each value. */
    int number() {
      return ordinal() + 1;
    }
  }

  /** The names of the columns that {@link #reports} reads, in their order. */
  static final String COLUMNS =
      Arrays.stream(Column.values())
          .map(column -> column.name().toLowerCase(Locale.ROOT))
          .collect(joining(", "));

  private ReportRows() {}

  /**
   * Returns reports without their histories, in the order of the query.
   *
   * @param select selects {@link #COLUMNS}
   */
  static List<Report> reports(Handle db, Query select) {
    return select.scanResultSet(
        (result, context) -> {
          // The evidence is asked for when the ids are known, and a report is made once.
          List<Report> bare = new ArrayList<>();
          try (context) {
            ResultSet row = result.get();
            while (row.next()) {
              bare.add(report(row));
            }
          }
          return withEvidence(db, bare);
        });
  }

  /**
   * Returns those of some agencies, in the order of the query.
   *
   * @param select selects {@link #COLUMNS}
   * @param limit so many reports are enough; rows behind them are not read
   */
  static StoredReports.Chosen chosen(Handle db, Query select, Set<String> agencies, int limit) {
    return select.scanResultSet(
        (result, context) -> {
          List<Report> bare = new ArrayList<>();
          int rows = 0;
          try (context) {
            ResultSet row = result.get();
            while (bare.size() < limit && row.next()) {
              rows++;
              String agency = row.getString(Column.AGENCY.number());
              if (agency != null && agencies.contains(agency)) {
                bare.add(report(row));
              }
            }
          }
          return new StoredReports.Chosen(withEvidence(db, bare), rows);
        });
  }

  private static List<Report> withEvidence(Handle db, List<Report> bare) {
    if (bare.isEmpty()) {
      return List.of();
    }
    Map<String, List<EvidenceItem>> evidence = evidence(db, bare);
    List<Report> reports = new ArrayList<>(bare.size());
    for (Report report : bare) {
      reports.add(report.withEvidence(evidence.getOrDefault(report.id().value(), List.of())));
    }
    return List.copyOf(reports);
  }

  /** Returns the evidence of reports, by their ids. */
  private static Map<String, List<EvidenceItem>> evidence(Handle db, List<Report> reports) {
    return db.createQuery(
            "SELECT report, name, media_type, size, sha256 FROM evidence"
                + " WHERE report IN (<reports>) ORDER BY report, number")
        .bindList("reports", reports.stream().map(report -> report.id().value()).toList())
        .scanResultSet(
            (result, context) -> {
              Map<String, List<EvidenceItem>> evidence = new HashMap<>();
              try (context) {
                ResultSet row = result.get();
                while (row.next()) {
                  evidence
                      .computeIfAbsent(row.getString(1), report -> new ArrayList<>())
                      .add(
                          new EvidenceItem(
                              row.getString(2),
                              row.getString(3),
                              row.getLong(4),
                              row.getString(5)));
                }
              }
              return evidence;
            });
  }

  private static Report report(ResultSet row) throws SQLException {
    return new Report(
        ReportId.of(text(row, Column.ID)),
        new Report.Origin(
            AlertId.of(text(row, Column.ALERT_ID)),
            new CameraId(text(row, Column.CAMERA)),
            RuleId.of(text(row, Column.RULE_ID)),
            text(row, Column.TYPE)),
        new Report.Handling(
            ReportState.valueOf(text(row, Column.STATE)),
            row.getString(Column.AGENCY.number()),
            row.getLong(Column.VERSION.number()),
            row.getString(Column.INCIDENT.number()),
            row.getString(Column.PARENT.number()),
            time(row, Column.DUE_AT),
            firstLook(row)),
        new Report.Times(
            Instant.ofEpochMilli(row.getLong(Column.RECEIVED_AT.number())),
            Instant.ofEpochMilli(row.getLong(Column.STARTED_AT.number())),
            time(row, Column.ENDED_AT)),
        new Report.Participants(tracks(text(row, Column.TRACKS)), plates(text(row, Column.PLATES))),
        new Report.Finding(text(row, Column.REASON), measures(text(row, Column.MEASURES))),
        List.of(),
        List.of());
  }

  private static String text(ResultSet row, Column column) throws SQLException {
    return row.getString(column.number());
  }

  private static Report.@Nullable FirstLook firstLook(ResultSet row) throws SQLException {
    Instant at = time(row, Column.FIRST_LOOK_AT);
    return at == null
        ? null
        : new Report.FirstLook(
            text(row, Column.FIRST_LOOK_ACCOUNT), text(row, Column.FIRST_LOOK_BY), at);
  }

  private static @Nullable Instant time(ResultSet row, Column column) throws SQLException {
    long millis = row.getLong(column.number());
    return row.wasNull() ? null : Instant.ofEpochMilli(millis);
  }

  private static List<Plate> plates(String json) throws SQLException {
    // Most reports have none.
    if (json.equals("[]")) {
      return List.of();
    }
    List<Plate> plates = new ArrayList<>();
    try (JsonParser tokens = JSON.createParser(json)) {
      tokens.nextToken();
      while (tokens.nextToken() == JsonToken.START_OBJECT) {
        plates.add(PlateJson.read(tokens).plate());
      }
      ended(tokens, JsonToken.END_ARRAY);
      return plates;
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  private static List<Long> tracks(String json) throws SQLException {
    if (json.equals("[]")) {
      return List.of();
    }
    List<Long> tracks = new ArrayList<>();
    try (JsonParser tokens = JSON.createParser(json)) {
      tokens.nextToken();
      while (tokens.nextToken() == JsonToken.VALUE_NUMBER_INT) {
        tracks.add(tokens.getLongValue());
      }
      ended(tokens, JsonToken.END_ARRAY);
      return tracks;
    } catch (IOException e) {
      throw noJson(e);
    }
  }

  /** Returns values by their names, which are sorted. */
  private static Map<String, Double> measures(String json) throws SQLException {
    if (json.equals("{}")) {
      return Map.of();
    }
    Map<String, Double> measures = new TreeMap<>();
    try (JsonParser tokens = JSON.createParser(json)) {
      tokens.nextToken();
      for (String name = tokens.nextFieldName(); name != null; name = tokens.nextFieldName()) {
        // What is no number in JSON is written as text.
        measures.put(
            name,
            tokens.nextToken() == JsonToken.VALUE_STRING
                ? Double.valueOf(tokens.getText())
                : Double.valueOf(tokens.getDoubleValue()));
      }
      ended(tokens, JsonToken.END_OBJECT);
      return measures;
    } catch (IOException | NumberFormatException e) {
      throw noJson(e);
    }
  }

  private static void ended(JsonParser tokens, JsonToken end) throws IOException {
    if (tokens.currentToken() != end) {
      throw new IOException("another value than the column has");
    }
  }

  private static SQLException noJson(Exception e) {
    return new SQLException("a column holds no JSON", e);
  }
}
