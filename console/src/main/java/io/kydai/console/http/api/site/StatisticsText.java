package io.kydai.console.http.api.site;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.csv.CsvCell;
import io.kydai.console.statistics.ElementStatistics;
import io.kydai.console.statistics.PieceStatistics;
import io.kydai.console.statistics.StatisticsAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statistics as RFC 4180 with a heading, in UTF-8 with a byte order mark, which spreadsheets need:
 * a row for each class and direction of a piece, or one where the piece has no counts. Speeds are
 * in km/h; times are of the site's zone, with its offset.
 */
final class StatisticsText {
  private static final List<String> COLUMNS =
      List.of(
          "from",
          "camera",
          "kind",
          "element",
          "rule",
          "watched",
          "class",
          "direction",
          "count",
          "occupancy-mean",
          "occupancy-most",
          "speed-mean",
          "speed-percentile-85",
          "speed-objects",
          "level-of-service");

  private StatisticsText() {}

  static void write(StatisticsAnswer statistics, OutputStream out) throws IOException {
    out.write(("\ufeff" + String.join(",", COLUMNS) + "\r\n").getBytes(UTF_8));
    for (ElementStatistics element : statistics.elements()) {
      for (PieceStatistics piece : element.pieces()) {
        out.write(rows(element, piece, statistics.zone()).getBytes(UTF_8));
      }
    }
    out.flush();
  }

  private static String rows(ElementStatistics element, PieceStatistics piece, ZoneId zone) {
    List<PieceStatistics.Count> counts =
        piece.counts().isEmpty() ? List.of(new PieceStatistics.Count("", "", -1)) : piece.counts();
    return counts.stream()
        .map(count -> row(element, piece, count, zone))
        .collect(Collectors.joining());
  }

  private static String row(
      ElementStatistics element, PieceStatistics piece, PieceStatistics.Count count, ZoneId zone) {
    PieceStatistics.Occupancy occupancy = piece.occupancy();
    PieceStatistics.Speed speed = piece.speed();
    return List.of(
                piece.from().atZone(zone).toOffsetDateTime().toString(),
                element.camera().value(),
                StatisticsAnswers.kind(element),
                element.element(),
                element.rule(),
                number(piece.watched()),
                count.label(),
                count.direction(),
                count.count() < 0 ? "" : Long.toString(count.count()),
                number(occupancy == null ? null : occupancy.mean()),
                occupancy == null ? "" : Long.toString(occupancy.most()),
                number(speed == null ? null : StatisticsAnswers.kmh(speed.mean())),
                number(
                    speed == null || speed.percentile85() == null
                        ? null
                        : StatisticsAnswers.kmh(speed.percentile85())),
                speed == null || speed.objects() == null ? "" : speed.objects().toString(),
                piece.level() == null ? "" : piece.level().name())
            .stream()
            .map(CsvCell::of)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String number(@Nullable Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.3f", value);
  }
}
