package io.kydai.console.http.api.camera;

import com.fasterxml.jackson.annotation.JsonValue;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.http.answer.Json;
import io.kydai.streaming.proof.Sha256;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The contract's {@code Camera}: the keys of the definition, then {@code version} and {@code
 * status}.
 *
 * @param definition the camera as the configuration writes it, from the one declaration of each key
 * @param version names the definition: another definition has another version
 */
public record CameraAnswer(
    Map<String, Object> definition, String version, CameraStatusAnswer status) {
  /** The key of a camera's version. */
  static final String VERSION = "version";

  /** The contract's {@code CameraList}. */
  record CameraList(List<CameraAnswer> cameras) {
    static CameraList of(List<CameraView> cameras) {
      return new CameraList(cameras.stream().map(CameraAnswer::of).toList());
    }
  }

  /** Returns the camera as the contract has it. */
  public static CameraAnswer of(CameraView camera) {
    Map<String, Object> definition = CameraJson.write(camera.config());
    return new CameraAnswer(definition, version(definition), CameraStatusAnswer.of(camera));
  }

  /** Returns the version of what {@link CameraJson#write} shows of the camera. */
  static String version(CameraConfig camera) {
    return version(CameraJson.write(camera));
  }

  private static String version(Map<String, Object> definition) {
    return HexFormat.of().formatHex(Sha256.of(Json.bytes(definition)), 0, 8);
  }

  /** Returns the object that is written. */
  @JsonValue
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>(definition);
    json.put(VERSION, version);
    json.put("status", status);
    return json;
  }
}
