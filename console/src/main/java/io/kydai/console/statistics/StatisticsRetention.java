package io.kydai.console.statistics;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Merges minutes that are older than {@code statistics.keep-minutes} into quarters of an hour, and
 * removes what is older than {@code statistics.keep}; both by whole days in UTC. Each transaction
 * takes {@value #SERIES} series, so that writers wait for tenths of a second at most.
 */
final class StatisticsRetention {
  private static final int SERIES = 50;
  private static final int DAY = 1_440;

  private final Database database;
  private final Duration keep;
  private final Duration keepMinutes;

  StatisticsRetention(Database database, Duration keep, Duration keepMinutes) {
    this.database = requireNonNull(database);
    this.keep = requireNonNull(keep);
    this.keepMinutes = requireNonNull(keepMinutes);
  }

  /** Returns the first minute, since 1970-01-01 UTC, that is kept as such. */
  int firstMinute(Instant now) {
    return day(now.minus(keepMinutes));
  }

  private static int day(Instant at) {
    return Math.floorDiv(StatisticsBuffer.minute(at), DAY) * DAY;
  }

  /**
   * Merges and removes what is too old.
   *
   * @param removed called on the database's writing thread when series were removed
   * @return the number of pieces that were merged or removed
   * @throws io.kydai.console.store.StoreException when the database fails
   */
  long run(Instant now, Runnable removed) {
    int rolled = firstMinute(now);
    int last = day(now.minus(keep));
    long pieces = 0;
    int after = 0;
    while (true) {
      int from = after;
      List<Integer> series =
          database.inSnapshot(db -> StatisticTable.seriesAfter(db, from, SERIES));
      if (series.isEmpty()) {
        return pieces;
      }
      after = series.get(series.size() - 1);
      pieces +=
          database.inTransaction(
              db -> {
                long aged = StatisticTable.age(db, series, rolled, last);
                return aged == 0 ? 0 : aged + StatisticTable.removeEmpty(db, series);
              },
              aged -> {
                if (aged > 0) {
                  removed.run();
                }
              });
    }
  }
}
