package io.kydai.console.http.api.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.analytics.alert.Plate;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.csv.CsvCell;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.reports.Report;
import io.kydai.console.search.ReportSearch;
import io.kydai.console.search.SearchRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports as RFC 4180 with a heading, in UTF-8 with a byte order mark, which spreadsheets need.
 * Times are of the site's zone, with its offset.
 */
final class ReportsText {
  private static final List<String> COLUMNS =
      List.of(
          "id",
          "received-at",
          "started-at",
          "ended-at",
          "camera",
          "camera-name",
          "address",
          "rule",
          "type",
          "state",
          "agency",
          "due-at",
          "plates",
          "reason");

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
    out.write(("\ufeff" + CsvCell.row(COLUMNS)).getBytes(UTF_8));
    search.export(
        request,
        reports ->
            out.write(
                reports.stream().map(this::row).collect(Collectors.joining()).getBytes(UTF_8)));
    out.flush();
  }

  private String row(Report report) {
    Optional<CameraConfig> camera = cameras.find(report.origin().camera()).map(CameraView::config);
    return CsvCell.row(
        List.of(
            report.id().value(),
            time(report.times().receivedAt()),
            time(report.times().startedAt()),
            time(report.times().endedAt()),
            report.origin().camera().value(),
            camera.map(CameraConfig::name).orElse(""),
            camera
                .flatMap(config -> Optional.ofNullable(config.place()))
                .flatMap(place -> Optional.ofNullable(place.address()))
                .orElse(""),
            report.origin().rule().value(),
            report.origin().type(),
            ErrorText.dashed(report.handling().state()),
            Optional.ofNullable(report.handling().agency()).orElse(""),
            time(report.handling().dueAt()),
            report.participants().plates().stream()
                .map(Plate::text)
                .collect(Collectors.joining(" ")),
            report.finding().reason()));
  }

  private String time(@Nullable Instant at) {
    return at == null ? "" : at.atZone(zone).toOffsetDateTime().toString();
  }
}
