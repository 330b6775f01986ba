package io.kydai.console.http.api.camera;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The contract's {@code Counts}: what crossed a camera's lines, and turned from zone to zone. */
public record CountsAnswer(String camera, List<LineAnswer> lines, List<MovementsAnswer> movements) {
  /**
   * @param piece the length of the pieces of time
   * @param from what was counted in shorter pieces that began earlier is left out, also of the
   *     totals; the epoch where nothing is
   */
  public static CountsAnswer of(
      CameraId camera, Measurements measured, Duration piece, Instant from) {
    return new CountsAnswer(
        camera.value(),
        measured.lines().stream()
            .map(line -> LineAnswer.of(visible(line, from).per(piece)))
            .toList(),
        measured.movements().stream()
            .map(movements -> MovementsAnswer.of(visible(movements, from).per(piece)))
            .toList());
  }

  private static LineCounts visible(LineCounts line, Instant from) {
    if (!from.isAfter(Instant.EPOCH)) {
      return line;
    }
    List<LineCounts.Piece> pieces =
        line.pieces().stream().filter(piece -> !piece.from().isBefore(from)).toList();
    SortedMap<String, LineCounts.Directions> totals = new TreeMap<>();
    pieces.forEach(
        piece -> totals.merge(piece.label(), piece.directions(), LineCounts.Directions::plus));
    return new LineCounts(line.line(), totals, pieces);
  }

  private static Movements visible(Movements movements, Instant from) {
    return new Movements(
        movements.rule(),
        movements.counts().stream().filter(count -> !count.from().isBefore(from)).toList());
  }

  /**
   * The crossings of one line.
   *
   * @param byClass in the order of the classes' names
   */
  record LineAnswer(
      String id,
      long forward,
      long backward,
      Map<String, LineCounts.Directions> byClass,
      List<Crossings> counts) {
    private static LineAnswer of(LineCounts line) {
      return new LineAnswer(
          line.line(),
          line.forward(),
          line.backward(),
          new LinkedHashMap<>(line.byClass()),
          line.pieces().stream().map(Crossings::of).toList());
    }
  }

  /**
   * One class's crossings in one piece of time.
   *
   * @param from when the piece begins
   */
  record Crossings(Instant from, @JsonProperty("class") String label, long forward, long backward) {
    private static Crossings of(LineCounts.Piece piece) {
      return new Crossings(
          piece.from(), piece.label(), piece.directions().forward(), piece.directions().backward());
    }
  }

  /** The turning movements that one rule counted. */
  record MovementsAnswer(String rule, List<Turns> counts) {
    private static MovementsAnswer of(Movements movements) {
      return new MovementsAnswer(
          movements.rule().value(), movements.counts().stream().map(Turns::of).toList());
    }
  }

  /**
   * One kind of movement in one piece of time.
   *
   * @param from when the piece begins
   * @param origin the zone in which they were before
   * @param destination the zone in which they arrived
   */
  record Turns(
      Instant from,
      String origin,
      String destination,
      @JsonProperty("class") String label,
      long count) {
    private static Turns of(Movements.Count count) {
      return new Turns(
          count.from(), count.origin(), count.destination(), count.label(), count.count());
    }
  }
}
