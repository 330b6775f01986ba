package io.kydai.console.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.analytics.rules.counting.CountsJson;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Sha256;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraStatus;
import java.util.HexFormat;

/** Cameras and their counts as the contract has them. */
public final class CameraAnswer {
  /** The key of a camera's version. */
  static final String VERSION = "version";

  private CameraAnswer() {}

  /** The contract's {@code Camera}. */
  public static ObjectNode of(CameraView camera) {
    ObjectNode json = CameraJson.write(camera.config());
    json.put(VERSION, version(json));
    json.set("status", status(camera));
    return json;
  }

  /** Names what {@link CameraJson#write} shows of the camera: another definition, another name. */
  static String version(CameraConfig camera) {
    return version(CameraJson.write(camera));
  }

  private static String version(ObjectNode definition) {
    return HexFormat.of().formatHex(Sha256.of(Json.bytes(definition)), 0, 8);
  }

  private static ObjectNode status(CameraView camera) {
    CameraStatus status = camera.status();
    ObjectNode json =
        Json.object()
            .put("state", ErrorText.dashed(status.state()))
            .put("since", status.since().toString())
            .put("fps-received", status.fps())
            .put("fps-analysed", camera.analysis().map(analysis -> analysis.fps()).orElse(0.0))
            .put("bitrate", status.bitsPerSecond())
            .put("reconnects", status.reconnects())
            .put("skipped", camera.analysis().map(analysis -> analysis.skipped()).orElse(0L));
    camera
        .analysis()
        .ifPresent(
            analysis ->
                json.put("latency-ms", analysis.latency().toNanos() / 1e6)
                    .set("analysis", analysis(analysis)));
    status
        .parameters()
        .ifPresent(
            parameters ->
                json.put("codec", ErrorText.dashed(parameters.codec()))
                    .put("width", parameters.width())
                    .put("height", parameters.height()));
    status
        .lastError()
        .or(() -> camera.analysis().flatMap(analysis -> analysis.lastError()))
        .ifPresent(error -> json.put("last-error", error));
    return json;
  }

  private static ObjectNode analysis(AnalysisStatus analysis) {
    ObjectNode json =
        Json.object()
            .put("fps-target", analysis.targetFps())
            .put("limited-by", analysis.limit().label())
            .put("weight", analysis.weight())
            .put("latency-p95-ms", analysis.latencyP95().toNanos() / 1e6);
    ObjectNode skipped = json.putObject("skipped");
    for (SkipReason reason : SkipReason.values()) {
      skipped.put(reason.label(), analysis.skippedBy().getOrDefault(reason, 0L));
    }
    return json;
  }

  /** The contract's {@code Counts}. */
  public static ObjectNode of(CameraId camera, Measurements measured) {
    return Json.object().put("camera", camera.value()).setAll(Json.object(CountsJson.of(measured)));
  }
}
