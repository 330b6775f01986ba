package io.kydai.console.http.api.camera;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.console.cameras.CameraHandover;
import io.kydai.console.cameras.CameraPause;
import io.kydai.console.cameras.MaintenanceItem;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.status.CameraFault;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code CameraStatus}.
 *
 * @param bitrate in bits per second
 * @param latencyMs of the analysis, milliseconds; null while the camera is not analysed
 * @param codec null until the stream is known, as are width and height
 * @param lastError of the connection, or of the analysis where that has none
 * @param fault null while the camera is live, paused or was never tried
 * @param nextTry null where no attempt is scheduled
 * @param paused null where it is not paused
 * @param maskedViewers null where nobody watches it with masks and blur
 * @param transcodedViewers null where nobody watches it encoded anew for its codec
 * @param handedOver null where no fault of it is handed over
 * @param maintenance what its rules found wrong with it, the newest first; null where nothing
 */
record CameraStatusAnswer(
    CameraState state,
    Instant since,
    double fpsReceived,
    double fpsAnalysed,
    double bitrate,
    long reconnects,
    long skipped,
    @Nullable Double latencyMs,
    @Nullable Analysis analysis,
    @Nullable Enum<?> codec,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String lastError,
    @Nullable Fault fault,
    @Nullable Instant nextTry,
    @Nullable Pause paused,
    @Nullable Integer maskedViewers,
    @Nullable Integer transcodedViewers,
    @Nullable Handover handedOver,
    @Nullable List<Item> maintenance) {
  /**
   * The contract's {@code CameraFault}, which the page puts into words.
   *
   * @param code what is wrong
   * @param remedy what a person can do
   * @param host of the camera's address
   */
  record Fault(String code, String remedy, @Nullable String host) {}

  /**
   * The contract's {@code CameraPause}.
   *
   * @param until null where somebody has to end it
   */
  record Pause(String reason, String by, Instant since, @Nullable Instant until) {}

  /** The contract's {@code CameraHandover}. */
  record Handover(String to, String note, String by, Instant since, @Nullable String fault) {}

  /**
   * The contract's {@code MaintenanceItem}, which the page puts into words.
   *
   * @param report the id under which it is kept
   * @param picture its path on this node; null where there is none
   */
  record Item(
      String report,
      String rule,
      String fault,
      String remedy,
      Instant since,
      @Nullable String picture) {
    private static Item of(MaintenanceItem item) {
      return new Item(
          item.id().value(),
          item.rule().value(),
          ErrorText.dashed(item.fault()),
          CameraRemedy.of(item.fault()).wire(),
          item.since(),
          item.picture() == null
              ? null
              : "/api/v1/reports/" + item.id() + "/evidence/" + item.picture());
    }
  }

  private static @Nullable List<Item> items(CameraView camera) {
    return camera.items().isEmpty() ? null : camera.items().stream().map(Item::of).toList();
  }

  private static @Nullable Handover handover(CameraView camera) {
    CameraHandover handover = camera.handover();
    return handover == null
        ? null
        : new Handover(
            handover.to(), handover.note(), handover.by(), handover.since(), handover.fault());
  }

  private static @Nullable Fault fault(CameraView camera) {
    CameraFault fault = camera.status().fault();
    if (fault == null || camera.pause() != null || camera.status().state() == CameraState.LIVE) {
      return null;
    }
    return new Fault(
        ErrorText.dashed(fault),
        CameraRemedy.of(fault).wire(),
        camera.config().source().map(source -> source.address().getHost()).orElse(null));
  }

  private static @Nullable Pause pause(CameraView camera) {
    CameraPause pause = camera.pause();
    return pause == null
        ? null
        : new Pause(pause.reason(), pause.by(), pause.since(), pause.until());
  }

  /**
   * The contract's {@code AnalysisStatus}.
   *
   * @param latencyP95Ms milliseconds
   * @param skipped frames by the reason's name
   */
  record Analysis(
      double fpsTarget,
      String limitedBy,
      double weight,
      @JsonProperty("latency-p95-ms") double latencyP95Ms,
      double contrastGain,
      Map<String, Long> skipped) {
    private static Analysis of(AnalysisStatus analysis) {
      Map<String, Long> skipped = new LinkedHashMap<>();
      for (SkipReason reason : SkipReason.values()) {
        skipped.put(reason.label(), analysis.skippedBy().getOrDefault(reason, 0L));
      }
      return new Analysis(
          analysis.targetFps(),
          analysis.limit().label(),
          analysis.weight(),
          analysis.latencyP95().toNanos() / 1e6,
          analysis.contrastGain(),
          skipped);
    }
  }

  static CameraStatusAnswer of(CameraView camera) {
    CameraStatus status = camera.status();
    @Nullable AnalysisStatus analysis = camera.analysis();
    @Nullable CodecParameters parameters = status.parameters().orElse(null);
    return new CameraStatusAnswer(
        status.state(),
        status.since(),
        status.fps(),
        analysis == null ? 0 : analysis.fps(),
        status.bitsPerSecond(),
        status.reconnects(),
        analysis == null ? 0 : analysis.skipped(),
        analysis == null ? null : analysis.latency().toNanos() / 1e6,
        analysis == null ? null : Analysis.of(analysis),
        parameters == null ? null : parameters.codec(),
        parameters == null ? null : parameters.width(),
        parameters == null ? null : parameters.height(),
        status.lastError().orElse(analysis == null ? null : analysis.lastError()),
        fault(camera),
        status.state() == CameraState.BACKING_OFF ? status.nextAttempt() : null,
        pause(camera),
        camera.maskedViewers() == 0 ? null : camera.maskedViewers(),
        camera.transcodedViewers() == 0 ? null : camera.transcodedViewers(),
        handover(camera),
        items(camera));
  }
}
