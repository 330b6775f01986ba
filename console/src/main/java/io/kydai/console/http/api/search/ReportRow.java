package io.kydai.console.http.api.search;

import io.kydai.analytics.alert.Plate;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.reports.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A report as a row of a file for spreadsheets.
 *
 * @param camera as it is now; null where it was removed
 */
record ReportRow(Report report, @Nullable CameraConfig camera) {
  /**
   * A column.
   *
   * @param name its heading
   * @param value an {@link Instant} or a text; null where the report has none
   */
  record Column(String name, Function<ReportRow, @Nullable Object> value) {}

  /** The columns in their order, which programs read by their names. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("id", row -> row.report.id().value()),
          new Column("received-at", row -> row.report.times().receivedAt()),
          new Column("started-at", row -> row.report.times().startedAt()),
          new Column("ended-at", row -> row.report.times().endedAt()),
          new Column("camera", row -> row.report.origin().camera().value()),
          new Column("camera-name", ReportRow::cameraName),
          new Column("address", ReportRow::address),
          new Column("rule", row -> row.report.origin().rule().value()),
          new Column("type", row -> row.report.origin().type()),
          new Column("state", row -> ErrorText.dashed(row.report.handling().state())),
          new Column("agency", row -> row.report.handling().agency()),
          new Column("due-at", row -> row.report.handling().dueAt()),
          new Column("plates", ReportRow::plates),
          new Column("reason", row -> row.report.finding().reason()));

  static ReportRow of(Report report, Cameras cameras) {
    return new ReportRow(
        report, cameras.find(report.origin().camera()).map(CameraView::config).orElse(null));
  }

  /** Returns the name of the camera; empty where it was removed. */
  String cameraName() {
    return camera == null ? "" : camera.name();
  }

  /** Returns the address of the camera; empty where it is not known. */
  String address() {
    return Optional.ofNullable(camera)
        .flatMap(config -> Optional.ofNullable(config.place()))
        .flatMap(place -> Optional.ofNullable(place.address()))
        .orElse("");
  }

  String plates() {
    return report.participants().plates().stream()
        .map(Plate::text)
        .collect(Collectors.joining(" "));
  }
}
