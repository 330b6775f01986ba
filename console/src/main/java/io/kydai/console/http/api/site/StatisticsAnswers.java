package io.kydai.console.http.api.site;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kydai.console.statistics.ElementStatistics;
import io.kydai.console.statistics.PieceStatistics;
import io.kydai.console.statistics.StatisticsAnswer;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contract's {@code Statistics}. */
final class StatisticsAnswers {
  private static final double KMH = 3.6;
  private static final double THOUSANDTHS = 1_000;

  private StatisticsAnswers() {}

  static Statistics of(StatisticsAnswer statistics) {
    return new Statistics(
        statistics.from(),
        statistics.to(),
        statistics.step().wire(),
        statistics.zone().getId(),
        statistics.elements().stream().map(Element::of).toList());
  }

  /** Returns {@code line}, {@code zone} or {@code movement}. */
  static String kind(ElementStatistics element) {
    return element.place().name().toLowerCase(Locale.ROOT);
  }

  /** Returns a speed in km/h. */
  static double kmh(double metresPerSecond) {
    return rounded(metresPerSecond * KMH);
  }

  private static double rounded(double value) {
    return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
  }

  /** The statistics of a span of time. */
  record Statistics(
      Instant from, Instant to, String step, String timeZone, List<Element> elements) {}

  /** The statistics of a line, a zone or movements. */
  record Element(String camera, String kind, String id, String rule, List<Piece> pieces) {
    private static Element of(ElementStatistics element) {
      return new Element(
          element.camera().value(),
          StatisticsAnswers.kind(element),
          element.element(),
          element.rule(),
          element.pieces().stream().map(Piece::of).toList());
    }
  }

  /** The statistics of a piece of time. */
  record Piece(
      Instant from,
      double watched,
      @Nullable List<Count> counts,
      @Nullable Occupancy occupancy,
      @Nullable Speed speed,
      @Nullable String levelOfService) {
    private static Piece of(PieceStatistics piece) {
      return new Piece(
          piece.from(),
          rounded(piece.watched()),
          piece.counts().isEmpty() ? null : piece.counts().stream().map(Count::of).toList(),
          Occupancy.of(piece.occupancy()),
          Speed.of(piece.speed()),
          piece.level() == null ? null : piece.level().name());
    }
  }

  /** Objects that crossed or turned. */
  record Count(@JsonProperty("class") String label, String direction, long count) {
    private static Count of(PieceStatistics.Count count) {
      return new Count(count.label(), count.direction(), count.count());
    }
  }

  /** Objects in a zone. */
  record Occupancy(double mean, long most, Map<String, Double> byClass) {
    private static @Nullable Occupancy of(PieceStatistics.@Nullable Occupancy occupancy) {
      if (occupancy == null) {
        return null;
      }
      Map<String, Double> byClass = new LinkedHashMap<>();
      occupancy.byClass().forEach((label, mean) -> byClass.put(label, rounded(mean)));
      return new Occupancy(rounded(occupancy.mean()), occupancy.most(), byClass);
    }
  }

  /** Speeds in km/h. */
  record Speed(
      double mean,
      @Nullable Long objects,
      @JsonProperty("percentile-85") @Nullable Double percentile85) {
    private static @Nullable Speed of(PieceStatistics.@Nullable Speed speed) {
      return speed == null
          ? null
          : new Speed(
              kmh(speed.mean()),
              speed.objects(),
              speed.percentile85() == null ? null : kmh(speed.percentile85()));
    }
  }
}
