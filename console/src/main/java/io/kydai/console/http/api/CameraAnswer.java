package io.kydai.console.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.rules.counting.CountsJson;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Sha256;
import io.kydai.ingest.source.CameraId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cameras and their counts as the contract has them. */
public final class CameraAnswer {
  /** The key of a camera's version. */
  static final String VERSION = "version";

  private CameraAnswer() {}

  /** The contract's {@code CameraList}. */
  record CameraList(List<ObjectNode> cameras) {
    static CameraList of(List<CameraView> cameras) {
      return new CameraList(cameras.stream().map(CameraAnswer::of).toList());
    }
  }

  /**
   * The contract's {@code Camera}: the definition as the configuration writes it, with its version
   * and the camera's status.
   */
  public static ObjectNode of(CameraView camera) {
    ObjectNode json = CameraJson.write(camera.config());
    json.put(VERSION, version(json));
    json.set("status", Json.object(CameraStatusAnswer.of(camera)));
    return json;
  }

  /** Names what {@link CameraJson#write} shows of the camera: another definition, another name. */
  static String version(CameraConfig camera) {
    return version(CameraJson.write(camera));
  }

  private static String version(ObjectNode definition) {
    return HexFormat.of().formatHex(Sha256.of(Json.bytes(definition)), 0, 8);
  }

  /** The contract's {@code Counts}. */
  static Map<String, Object> counts(CameraId camera, Measurements measured) {
    Map<String, Object> counts = new LinkedHashMap<>();
    counts.put("camera", camera.value());
    counts.putAll(CountsJson.of(measured));
    return counts;
  }
}
