package io.kydai.console.statistics;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up the series of one line or zone in one piece of time. */
final class PieceSums {
  private static final double MILLIMETRES = 1000;
  private static final double SQUARE_CENTIMETRES = 10_000;

  private static final Comparator<Kind> KINDS =
      Comparator.comparing(Kind::label).thenComparing(Kind::direction);

  private record Kind(String label, String direction) {}

  private long watched;
  private final Map<Kind, Long> counts = new TreeMap<>(KINDS);
  private long presentMillis;
  private long present;
  private long most;
  private double area;
  private final SortedMap<String, Long> presentByClass = new TreeMap<>();
  private long paceMillis;
  private long pace;
  private long freeMillis;
  private double partOfFree;
  private final SpeedClasses speeds = new SpeedClasses();

  void add(StatisticsRow row) {
    switch (row.measure()) {
      case WATCHED -> watched += row.amount();
      case COUNT -> counts.merge(new Kind(row.label(), row.direction()), row.amount(), Long::sum);
      case PRESENT -> present(row);
      case PACE -> {
        paceMillis += row.amount();
        pace += row.total();
        if (row.reference() > 0) {
          freeMillis += row.amount();
          partOfFree += row.total() / (double) row.reference();
        }
      }
      case SPEED -> speeds.add(Integer.parseInt(row.direction()), row.amount(), row.total());
    }
  }

  private void present(StatisticsRow row) {
    if (row.label().isEmpty()) {
      presentMillis += row.amount();
      present += row.total();
      most = Math.max(most, row.most());
      area = Math.max(area, row.reference() / SQUARE_CENTIMETRES);
    } else {
      presentByClass.merge(row.label(), row.total(), Long::sum);
    }
  }

  /**
   * Returns the statistics.
   *
   * @param kinds of counts that the element has anywhere, which are 0 where they are not here
   * @param onlyClasses whether the occupancy is that of the classes that were asked for
   * @param millis the length of the piece
   * @return null where nothing was watched
   */
  @Nullable PieceStatistics statistics(
      Instant from, List<PieceStatistics.Count> kinds, boolean onlyClasses, long millis) {
    if (watched <= 0) {
      return null;
    }
    PieceStatistics.Occupancy occupancy = occupancy(onlyClasses);
    return new PieceStatistics(
        from,
        Math.min(1, watched / (double) millis),
        counts(kinds),
        occupancy,
        speed(),
        level(occupancy));
  }

  /** Returns the kinds of counts of this piece. */
  List<PieceStatistics.Count> kinds() {
    return counts.keySet().stream()
        .map(kind -> new PieceStatistics.Count(kind.label(), kind.direction(), 0))
        .toList();
  }

  private List<PieceStatistics.Count> counts(List<PieceStatistics.Count> kinds) {
    List<PieceStatistics.Count> all = new ArrayList<>();
    for (PieceStatistics.Count kind : kinds) {
      long count = counts.getOrDefault(new Kind(kind.label(), kind.direction()), 0L);
      all.add(new PieceStatistics.Count(kind.label(), kind.direction(), Math.max(0, count)));
    }
    return all;
  }

  private PieceStatistics.@Nullable Occupancy occupancy(boolean onlyClasses) {
    if (presentMillis == 0) {
      return null;
    }
    SortedMap<String, Double> means = new TreeMap<>();
    presentByClass.forEach((label, total) -> means.put(label, total / (double) presentMillis));
    double mean =
        onlyClasses
            ? means.values().stream().mapToDouble(Double::doubleValue).sum()
            : present / (double) presentMillis;
    return new PieceStatistics.Occupancy(mean, most, means);
  }

  private PieceStatistics.@Nullable Speed speed() {
    if (speeds.objects() > 0) {
      return new PieceStatistics.Speed(speeds.mean(), speeds.objects(), speeds.percentile(0.85));
    }
    return paceMillis == 0
        ? null
        : new PieceStatistics.Speed(pace / MILLIMETRES / paceMillis, null, null);
  }

  private @Nullable LevelOfService level(PieceStatistics.@Nullable Occupancy occupancy) {
    if (freeMillis > 0) {
      return LevelOfService.ofSpeed(partOfFree / freeMillis);
    }
    return area > 0 && occupancy != null ? LevelOfService.ofSpace(area / occupancy.mean()) : null;
  }
}
