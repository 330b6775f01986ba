package io.kydai.console.http.api.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.csv.CsvCell;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.reports.Report;
import io.kydai.console.search.ReportSearch;
import io.kydai.console.search.SearchRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports as RFC 4180 with a heading, in UTF-8 with a byte order mark, which spreadsheets need.
 * Times are of the site's zone, with its offset. At most {@value #MAX} are in it.
 */
final class ReportsText {
  static final int MAX = 50_000;

  private final Cameras cameras;
  private final ZoneId zone;
  private final OutputStream out;

  ReportsText(Cameras cameras, ZoneId zone, OutputStream out) {
    this.cameras = cameras;
    this.zone = zone;
    this.out = out;
  }

  /**
   * Writes what a search finds.
   *
   * @throws IOException when the reader has gone
   */
  void write(ReportSearch search, SearchRequest request) throws IOException {
    out.write(
        ("\ufeff" + CsvCell.row(ReportRow.COLUMNS.stream().map(ReportRow.Column::name).toList()))
            .getBytes(UTF_8));
    search.export(
        request,
        MAX,
        reports ->
            out.write(
                reports.stream().map(this::row).collect(Collectors.joining()).getBytes(UTF_8)));
    out.flush();
  }

  private String row(Report report) {
    ReportRow row = ReportRow.of(report, cameras);
    return CsvCell.row(
        ReportRow.COLUMNS.stream().map(column -> text(column.value().apply(row))).toList());
  }

  private String text(@Nullable Object value) {
    if (value instanceof Instant at) {
      return at.atZone(zone).toOffsetDateTime().toString();
    }
    return value == null ? "" : value.toString();
  }
}
