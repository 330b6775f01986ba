package io.kydai.console.statistics;

import io.kydai.analytics.rules.counting.Sample;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The query of the statistics: one statement for each part of the time with the same offset of the
 * site's zone, however many cameras and series there are. The series of the cameras are found by
 * their index, and the pieces of each by the primary key.
 */
final class StatisticsQuery {
  private static final String FROM =
      "SELECT s.id AS series, (p.minute + :offset) / :step AS piece, p.amount, p.total, p.most"
          + " FROM statistic_series s JOIN %s p ON p.series = s.id"
          + " WHERE s.camera IN (<cameras>) AND p.minute >= :from AND p.minute < :to";
  private static final String ELEMENT = " AND s.element = :element";
  private static final String CLASSES = " AND s.label IN (<labels>)";

  private StatisticsQuery() {}

  /**
   * Returns the sums in part of the time.
   *
   * @param from minutes since 1970-01-01 UTC, not before the part
   * @param limit the most rows
   */
  static List<StatisticsRow> rows(
      Handle db,
      StatisticsRequest request,
      PieceTimes times,
      PieceTimes.Part part,
      int from,
      Collection<String> cameras,
      int limit) {
    String where =
        (request.element() == null ? "" : ELEMENT) + (request.classes().isEmpty() ? "" : CLASSES);
    String sql =
        "SELECT s.camera, s.place, s.element, s.rule, s.measure, s.label, s.direction,"
            + " s.reference, g.piece, g.amount, g.total, g.most FROM (SELECT series, piece,"
            + " SUM(amount) AS amount, SUM(total) AS total, MAX(most) AS most FROM ("
            + FROM.formatted("statistic_minute")
            + where
            + " UNION ALL "
            + FROM.formatted("statistic_quarter")
            + where
            + ") AS pieces GROUP BY series, piece LIMIT :limit) g"
            + " JOIN statistic_series s ON s.id = g.series";
    Query query =
        db.createQuery(sql)
            .bindList("cameras", List.copyOf(cameras))
            .bind("offset", part.offset())
            .bind("step", request.step().minutes())
            .bind("from", from)
            .bind("to", part.to())
            .bind("limit", limit);
    if (request.element() != null) {
      query.bind("element", request.element());
    }
    if (!request.classes().isEmpty()) {
      query.bindList("labels", labels(request.classes()));
    }
    return query.map((row, context) -> row(row, times, part)).list();
  }

  /** What is not of a class, such as the time watched, is always read. */
  private static List<String> labels(Set<String> classes) {
    List<String> labels = new ArrayList<>(classes);
    labels.add("");
    return labels;
  }

  private static StatisticsRow row(ResultSet row, PieceTimes times, PieceTimes.Part part)
      throws SQLException {
    return new StatisticsRow(
        new StatisticsRow.ElementKey(
            row.getString("camera"),
            Sample.Place.valueOf(row.getString("place")),
            row.getString("element"),
            row.getString("rule")),
        Sample.Measure.valueOf(row.getString("measure")),
        row.getString("label"),
        row.getString("direction"),
        row.getLong("reference"),
        times.begin(row.getLong("piece"), part),
        row.getLong("amount"),
        row.getLong("total"),
        row.getLong("most"));
  }
}
