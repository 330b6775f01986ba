package io.kydai.analytics.rules.counting;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What rules measured besides their alerts. A rule publishes what it has, and the engine joins what
 * a camera's rules published, in their order.
 *
 * @param lines what crossed the lines since the analysis began, each line once
 * @param movements what went from zone to zone, for each rule that counts it
 * @param occupancies how many objects were in the zones on the newest frame
 * @param speeds how fast the objects in the zones go
 */
public record Measurements(
    List<LineCounts> lines,
    List<Movements> movements,
    List<ZoneOccupancy> occupancies,
    List<ZoneSpeed> speeds) {

  /** Nothing is measured. */
  public static final Measurements NONE =
      new Measurements(List.of(), List.of(), List.of(), List.of());

  public Measurements {
    lines = List.copyOf(lines);
    movements = List.copyOf(movements);
    occupancies = List.copyOf(occupancies);
    speeds = List.copyOf(speeds);
  }

  /** The counts of one line alone. */
  public static Measurements of(LineCounts line) {
    return new Measurements(List.of(line), List.of(), List.of(), List.of());
  }

  /** One rule's movements alone. */
  public static Measurements of(Movements movements) {
    return new Measurements(List.of(), List.of(movements), List.of(), List.of());
  }

  /** One zone's occupancy alone. */
  public static Measurements of(ZoneOccupancy occupancy) {
    return new Measurements(List.of(), List.of(), List.of(occupancy), List.of());
  }

  /** One zone's speed alone. */
  public static Measurements of(ZoneSpeed speed) {
    return new Measurements(List.of(), List.of(), List.of(), List.of(speed));
  }

  /**
   * These measurements and then others; where both counted one line, a class is counted once, as
   * {@link LineCounts#and} joins them.
   */
  public Measurements and(Measurements other) {
    Map<String, LineCounts> joined = new LinkedHashMap<>();
    Stream.concat(lines.stream(), other.lines.stream())
        .forEach(counted -> joined.merge(counted.line(), counted, LineCounts::and));
    return new Measurements(
        List.copyOf(joined.values()),
        both(movements, other.movements),
        both(occupancies, other.occupancies),
        both(speeds, other.speeds));
  }

  /**
   * The same with counts in longer buckets, such as of 15 or 60 minutes.
   *
   * @throws IllegalArgumentException when it is not a multiple of five minutes
   */
  public Measurements per(Duration length) {
    return new Measurements(
        lines.stream().map(counted -> counted.per(length)).toList(),
        movements.stream().map(counted -> counted.per(length)).toList(),
        occupancies,
        speeds);
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
