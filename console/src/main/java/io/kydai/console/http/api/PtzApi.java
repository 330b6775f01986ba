package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.MovableCameras;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Problem;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.OnvifException;
import io.kydai.ingest.onvif.Ptz;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.util.Map;
import java.util.Set;

/** Moving cameras, as the contract has it. */
public final class PtzApi {
  private static final String PTZ = "/api/v1/cameras/{id}/ptz";
  private static final int MAX_PRESET = 200;

  private final Cameras cameras;
  private final MovableCameras movable;

  public PtzApi(Cameras cameras, MovableCameras movable) {
    this.cameras = cameras;
    this.movable = movable;
  }

  /**
   * @param worker runs what waits for cameras
   */
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on(GET, PTZ, worker, this::presets).on(POST, PTZ, worker, this::move);
  }

  private CameraConfig find(ApiCall call) {
    CameraId id = CameraApi.id(call.path("id"));
    return cameras.find(id).orElseThrow(() -> Problem.notFound("camera " + id)).config();
  }

  private static DeviceAccess onvif(CameraConfig camera) {
    return camera
        .onvifAccess()
        .orElseThrow(
            () ->
                Problem.of(
                    409,
                    "Camera "
                        + camera.id()
                        + " cannot be moved: its configuration has no 'onvif'."));
  }

  private ApiReply presets(ApiCall call) {
    CameraConfig camera = find(call);
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("presets");
    try {
      for (Ptz.Preset preset : movable.presets(onvif(camera))) {
        list.addObject().put("preset", preset.token()).put("name", preset.name());
      }
      return ApiReply.json(json);
    } catch (OnvifException e) {
      throw problem(e);
    }
  }

  private ApiReply move(ApiCall call) {
    CameraConfig camera = find(call);
    DeviceAccess access = onvif(camera);
    Map<String, Object> body = call.json();
    if (body.size() != 1) {
      throw Problem.badField("", "Expected: one of move, preset, stop.");
    }
    Map.Entry<String, Object> wish = body.entrySet().iterator().next();
    try {
      switch (wish.getKey()) {
        case "move" -> {
          if (!(wish.getValue() instanceof Map<?, ?> speeds)
              || !Set.of("pan", "tilt", "zoom").containsAll(speeds.keySet())) {
            throw Problem.badField("move", "Expected: pan, tilt and zoom.");
          }
          movable.move(access, speed(speeds, "pan"), speed(speeds, "tilt"), speed(speeds, "zoom"));
        }
        case "stop" -> {
          if (!Boolean.TRUE.equals(wish.getValue())) {
            throw Problem.badField("stop", "Expected: true.");
          }
          movable.stop(access);
        }
        case "preset" -> {
          if (!(wish.getValue() instanceof String preset)
              || preset.isEmpty()
              || preset.length() > MAX_PRESET) {
            throw Problem.badField("preset", "Expected: a preset of the camera.");
          }
          movable.goTo(access, preset);
        }
        default ->
            throw Problem.badField(
                ErrorText.shown(wish.getKey()), "Expected: one of move, preset, stop.");
      }
      return ApiReply.done();
    } catch (OnvifException e) {
      throw problem(e);
    }
  }

  private static double speed(Map<?, ?> speeds, String name) {
    Object value = speeds.get(name);
    if (value == null) {
      return 0;
    }
    if (value instanceof Number number && Math.abs(number.doubleValue()) <= 1) {
      return number.doubleValue();
    }
    throw Problem.badField("move." + name, "Expected: a number from -1 to 1.");
  }

  /** The configuration's credentials are not the caller's to mend with another body. */
  private static Problem problem(OnvifException fault) {
    return fault.kind() == OnvifException.Kind.LOGIN_REFUSED
        ? Problem.of(502, "The camera refused the log-in: " + fault.getMessage() + ".")
        : DiscoveryApi.problem(fault);
  }
}
