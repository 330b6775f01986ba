package io.kydai.console.statistics;

import io.kydai.analytics.rules.counting.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of the statistics. Every method works in the caller's transaction. */
final class StatisticTable {
  private static final String ADD =
      " ON CONFLICT (series, minute) DO UPDATE SET amount = %1$s.amount + excluded.amount,"
          + " total = %1$s.total + excluded.total, most = CASE WHEN excluded.most > %1$s.most"
          + " THEN excluded.most ELSE %1$s.most END";
  private static final String INSERT =
      "INSERT INTO statistic_minute (series, minute, amount, total, most)"
          + " VALUES (:series, :minute, :amount, :total, :most)"
          + ADD.formatted("statistic_minute");

  /** SQLite needs the WHERE to tell the conflict clause from a join. */
  private static final String ROLL =
      "INSERT INTO statistic_quarter (series, minute, amount, total, most)"
          + " SELECT series, minute / 15 * 15, SUM(amount), SUM(total), MAX(most)"
          + " FROM statistic_minute WHERE series = :series AND minute < :before"
          + " GROUP BY series, minute / 15"
          + ADD.formatted("statistic_quarter");

  private StatisticTable() {}

  /**
   * Adds a batch, unless it was added before.
   *
   * @param run the process that writes, unique
   * @param number the batch's number in the run
   * @param known the ids of series that are committed
   * @return the ids of the series that were not known
   */
  static Map<SeriesKey, Integer> add(
      Handle db, String run, long number, List<Cell> cells, Map<SeriesKey, Integer> known) {
    Map<SeriesKey, Integer> found = new HashMap<>();
    if (written(db, run, number)) {
      return found;
    }
    PreparedBatch rows = db.prepareBatch(INSERT);
    for (Cell cell : cells) {
      Integer id = known.get(cell.key());
      if (id == null) {
        id = found.computeIfAbsent(cell.key(), key -> series(db, key));
      }
      rows.bind("series", id)
          .bind("minute", cell.minute())
          .bind("amount", cell.amount())
          .bind("total", cell.total())
          .bind("most", cell.most())
          .add();
    }
    if (!cells.isEmpty()) {
      rows.execute();
    }
    db.createUpdate(
            "INSERT INTO statistic_batch (id, run, number) VALUES (1, :run, :number)"
                + " ON CONFLICT (id) DO UPDATE SET run = excluded.run, number = excluded.number")
        .bind("run", run)
        .bind("number", number)
        .execute();
    return found;
  }

  private static boolean written(Handle db, String run, long number) {
    return db.createQuery(
                "SELECT COUNT(*) FROM statistic_batch WHERE run = :run AND number >= :number")
            .bind("run", run)
            .bind("number", number)
            .mapTo(Integer.class)
            .one()
        > 0;
  }

  private static int series(Handle db, SeriesKey key) {
    Sample.Series series = key.series();
    Map<String, Object> values = new HashMap<>();
    values.put("camera", key.camera().value());
    values.put("rule", series.rule().value());
    values.put("place", series.place().name());
    values.put("element", series.element());
    values.put("measure", series.measure().name());
    values.put("label", series.label());
    values.put("direction", series.direction());
    values.put("reference", series.reference());
    return db.createQuery(
            "SELECT id FROM statistic_series WHERE camera = :camera AND rule = :rule"
                + " AND place = :place AND element = :element AND measure = :measure"
                + " AND label = :label AND direction = :direction AND reference = :reference")
        .bindMap(values)
        .mapTo(Integer.class)
        .findOne()
        .orElseGet(
            () -> {
              int id =
                  db.createQuery("SELECT COALESCE(MAX(id), 0) + 1 FROM statistic_series")
                      .mapTo(Integer.class)
                      .one();
              db.createUpdate(
                      "INSERT INTO statistic_series (id, camera, rule, place, element, measure,"
                          + " label, direction, reference) VALUES (:id, :camera, :rule, :place,"
                          + " :element, :measure, :label, :direction, :reference)")
                  .bindMap(values)
                  .bind("id", id)
                  .execute();
              return id;
            });
  }

  /** Returns the ids after one, in their order. */
  static List<Integer> seriesAfter(Handle db, int id, int limit) {
    return db.createQuery("SELECT id FROM statistic_series WHERE id > :id ORDER BY id LIMIT :limit")
        .bind("id", id)
        .bind("limit", limit)
        .mapTo(Integer.class)
        .list();
  }

  /**
   * Turns minutes into quarters of an hour, and deletes quarters.
   *
   * @param rolled minutes before it become quarters; a multiple of 15
   * @param removed quarters before it are deleted
   * @return the number of minutes and quarters that were deleted
   */
  static long age(Handle db, List<Integer> series, int rolled, int removed) {
    long deleted = 0;
    PreparedBatch roll = db.prepareBatch(ROLL);
    PreparedBatch minutes =
        db.prepareBatch("DELETE FROM statistic_minute WHERE series = :series AND minute < :before");
    PreparedBatch quarters =
        db.prepareBatch(
            "DELETE FROM statistic_quarter WHERE series = :series AND minute < :before");
    for (int id : series) {
      roll.bind("series", id).bind("before", rolled).add();
      minutes.bind("series", id).bind("before", rolled).add();
      quarters.bind("series", id).bind("before", removed).add();
    }
    roll.execute();
    for (PreparedBatch batch : List.of(minutes, quarters)) {
      for (int rows : batch.execute()) {
        deleted += rows;
      }
    }
    return deleted;
  }

  /** Deletes the series of these that have no pieces any more, and returns their number. */
  static int removeEmpty(Handle db, List<Integer> series) {
    return db.createUpdate(
            "DELETE FROM statistic_series WHERE id IN (<series>)"
                + " AND NOT EXISTS (SELECT 1 FROM statistic_minute m"
                + " WHERE m.series = statistic_series.id)"
                + " AND NOT EXISTS (SELECT 1 FROM statistic_quarter q"
                + " WHERE q.series = statistic_series.id)")
        .bindList("series", series)
        .execute();
  }
}
