package io.kydai.console.http.api;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.ingest.status.CameraStatus;
import java.util.Optional;

/**
 * A camera's definition with its status.
 *
 * @param analysis empty while it is not analysed
 */
public record CameraView(
    CameraConfig config, CameraStatus status, Optional<AnalysisStatus> analysis) {
  public CameraView {
    requireNonNull(config);
    requireNonNull(status);
    requireNonNull(analysis);
  }
}
