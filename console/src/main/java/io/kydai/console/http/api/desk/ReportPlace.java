package io.kydai.console.http.api.desk;

import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.PlaceConfig;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.reports.Report;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code ReportPlace}: what a person needs to find the place of a report. Who may
 * see a report may see it, also without the right to see the camera.
 *
 * @param name of the camera
 * @param address null where the camera has none
 * @param lat degrees north; null where the camera has no position
 * @param lon degrees east; null where the camera has no position
 */
public record ReportPlace(
    String name, @Nullable String address, @Nullable Double lat, @Nullable Double lon) {

  /** Returns the place of a report's camera; null when the camera was removed. */
  public static @Nullable ReportPlace of(Report report, Cameras cameras) {
    return cameras.find(report.origin().camera()).map(view -> of(view.config())).orElse(null);
  }

  private static ReportPlace of(CameraConfig camera) {
    PlaceConfig place = camera.place();
    PlaceConfig.Position at = place == null ? null : place.position();
    return new ReportPlace(
        camera.name(),
        place == null ? null : place.address(),
        at == null ? null : at.lat(),
        at == null ? null : at.lon());
  }
}
