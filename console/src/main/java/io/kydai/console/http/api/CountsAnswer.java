package io.kydai.console.http.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.ingest.source.CameraId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The contract's {@code Counts}: what crossed a camera's lines, and turned from zone to zone. */
record CountsAnswer(String camera, List<LineAnswer> lines, List<MovementsAnswer> movements) {
  static CountsAnswer of(CameraId camera, Measurements measured) {
    return new CountsAnswer(
        camera.value(),
        measured.lines().stream().map(LineAnswer::of).toList(),
        measured.movements().stream().map(MovementsAnswer::of).toList());
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
