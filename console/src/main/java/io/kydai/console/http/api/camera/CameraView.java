package io.kydai.console.http.api.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.console.cameras.CameraHandover;
import io.kydai.console.cameras.CameraPause;
import io.kydai.console.cameras.MaintenanceItem;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.ingest.status.CameraStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A camera's definition with its status.
 *
 * @param analysis null while it is not analysed
 * @param pause null while it is not paused
 * @param handover null while no fault of it is handed over
 * @param items what rules found wrong with it, the newest first
 * @param maskedViewers how many watch it with masks and blur, for whom it is encoded anew
 * @param transcodedViewers how many watch it encoded anew, because they cannot play its codec
 */
public record CameraView(
    CameraConfig config,
    CameraStatus status,
    @Nullable AnalysisStatus analysis,
    @Nullable CameraPause pause,
    @Nullable CameraHandover handover,
    List<MaintenanceItem> items,
    int maskedViewers,
    int transcodedViewers) {
  /** A camera that is neither paused nor handed over, and of which no rule found a fault. */
  public CameraView(CameraConfig config, CameraStatus status, @Nullable AnalysisStatus analysis) {
    this(config, status, analysis, null, null, List.of(), 0, 0);
  }

  public CameraView {
    requireNonNull(config);
    requireNonNull(status);
    items = List.copyOf(items);
  }
}
