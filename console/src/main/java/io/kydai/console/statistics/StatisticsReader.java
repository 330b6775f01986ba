package io.kydai.console.statistics;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import io.kydai.ingest.source.CameraId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Reads the statistics, each answer from one snapshot. */
public final class StatisticsReader {
  /** The most sums of an answer: one of a series in a piece. */
  static final int MOST_ROWS = 100_000;

  private static final Comparator<PieceStatistics.Count> KINDS =
      Comparator.comparing(PieceStatistics.Count::label)
          .thenComparing(PieceStatistics.Count::direction);

  private final Database database;
  private final Clock clock;
  private final StatisticsRetention retention;

  StatisticsReader(Database database, Clock clock, StatisticsRetention retention) {
    this.database = requireNonNull(database);
    this.clock = requireNonNull(clock);
    this.retention = requireNonNull(retention);
  }

  /**
   * Returns the statistics of a span of time. What was measured in the last {@value
   * Statistics#SECONDS} s may be missing.
   *
   * @throws InvalidStatisticsRequestException when the span is empty, the answer would be too
   *     large, or pieces of less than a quarter of an hour are not kept for so long
   */
  public StatisticsAnswer read(StatisticsRequest request) {
    PieceTimes times = PieceTimes.of(request);
    int first = retention.firstMinute(clock.instant());
    if (request.step().minutes() < Step.QUARTER.minutes()
        && StatisticsBuffer.minute(times.from()) < first) {
      throw new InvalidStatisticsRequestException(
          "step", "Expected: 15, 60 or day; shorter pieces are not kept for so long.");
    }
    List<StatisticsRow> rows = database.inSnapshot(db -> rows(db, request, times));
    return new StatisticsAnswer(
        times.from(),
        times.to(),
        request.step(),
        request.zone(),
        elements(rows, !request.classes().isEmpty(), times));
  }

  private static List<StatisticsRow> rows(Handle db, StatisticsRequest request, PieceTimes times) {
    SortedMap<Instant, List<String>> groups = new TreeMap<>();
    for (Map.Entry<CameraId, Instant> one : request.since().entrySet()) {
      groups.computeIfAbsent(one.getValue(), since -> new ArrayList<>()).add(one.getKey().value());
    }
    List<StatisticsRow> rows = new ArrayList<>();
    for (Map.Entry<Instant, List<String>> group : groups.entrySet()) {
      for (PieceTimes.Part part : times.parts()) {
        int from = Math.max(part.from(), firstWhole(group.getKey()));
        if (from < part.to()) {
          int left = MOST_ROWS - rows.size();
          rows.addAll(
              StatisticsQuery.rows(db, request, times, part, from, group.getValue(), left + 1));
          if (rows.size() > MOST_ROWS) {
            throw new InvalidStatisticsRequestException(
                "step",
                "Expected: less; ask for a longer step, less time, or fewer cameras or classes.");
          }
        }
      }
    }
    return rows;
  }

  /** A minute that began before the caller's right is not seen. */
  private static int firstWhole(Instant since) {
    return since.equals(Instant.EPOCH) ? 0 : StatisticsBuffer.minute(since.minusNanos(1)) + 1;
  }

  private static List<ElementStatistics> elements(
      List<StatisticsRow> rows, boolean onlyClasses, PieceTimes times) {
    SortedMap<StatisticsRow.ElementKey, SortedMap<Instant, PieceSums>> all = new TreeMap<>();
    for (StatisticsRow row : rows) {
      all.computeIfAbsent(row.element(), key -> new TreeMap<>())
          .computeIfAbsent(row.piece(), from -> new PieceSums())
          .add(row);
    }
    List<ElementStatistics> elements = new ArrayList<>();
    all.forEach(
        (key, pieces) ->
            elements.add(
                new ElementStatistics(
                    new CameraId(key.camera()),
                    key.place(),
                    key.element(),
                    key.rule(),
                    pieces(pieces, onlyClasses, times))));
    return elements;
  }

  private static List<PieceStatistics> pieces(
      SortedMap<Instant, PieceSums> pieces, boolean onlyClasses, PieceTimes times) {
    Set<PieceStatistics.Count> found = new LinkedHashSet<>();
    pieces.values().forEach(sums -> found.addAll(sums.kinds()));
    List<PieceStatistics.Count> kinds = found.stream().sorted(KINDS).toList();
    List<PieceStatistics> statistics = new ArrayList<>();
    pieces.forEach(
        (from, sums) -> {
          PieceStatistics piece = sums.statistics(from, kinds, onlyClasses, times.millis(from));
          if (piece != null) {
            statistics.add(piece);
          }
        });
    return statistics;
  }
}
