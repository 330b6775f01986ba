package io.kydai.console.http.api.camera;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.MovableCameras;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.ingest.onvif.DeviceAccess;
import io.kydai.ingest.onvif.soap.OnvifException;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations that move cameras (pan, tilt, zoom). */
public final class PtzApi {
  private final Cameras cameras;
  private final MovableCameras movable;
  private final AuditGroups audit;

  public PtzApi(Cameras cameras, MovableCameras movable, AuditGroups audit) {
    this.cameras = cameras;
    this.movable = movable;
    this.audit = audit;
  }

  /**
   * @param worker runs what waits for cameras
   */
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on("listPresets", worker, this::presets).on("moveCamera", worker, this::move);
  }

  private CameraConfig find(ApiCall call) {
    return CameraApi.find(call, cameras).config();
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
    try {
      return ApiReply.json(
          new PresetList(
              movable.presets(onvif(camera)).stream()
                  .map(preset -> new PresetAnswer(preset.token(), preset.name()))
                  .toList()));
    } catch (OnvifException e) {
      throw problem(e);
    }
  }

  /** The contract's {@code PresetList}. */
  private record PresetList(List<PresetAnswer> presets) {}

  private record PresetAnswer(String preset, String name) {}

  /** The contract's {@code Movement}, which has one of the three. */
  private record Movement(@Nullable Speeds move, @Nullable Boolean stop, @Nullable String preset) {
    String command() {
      if (move != null) {
        return "move";
      }
      return preset != null ? "preset" : "stop";
    }
  }

  /** Shares of the greatest speed, -1 to 1. */
  private record Speeds(double pan, double tilt, double zoom) {}

  private ApiReply move(ApiCall call) {
    CameraConfig camera = find(call);
    DeviceAccess access = onvif(camera);
    Movement wish = call.body(Movement.class);
    audit.record(
        AuditEvent.of(AuditEventType.CAMERA_MOVED, call.actor(), call.origin())
            .camera(camera.id().value())
            .detail("command", wish.command())
            .detail("preset", wish.preset()));
    try {
      if (wish.move() != null) {
        movable.move(access, wish.move().pan(), wish.move().tilt(), wish.move().zoom());
      } else if (wish.preset() != null) {
        movable.goTo(access, wish.preset());
      } else {
        movable.stop(access);
      }
      return ApiReply.done();
    } catch (OnvifException e) {
      throw problem(e);
    }
  }

  /** The configuration's credentials are not the caller's to mend with another body. */
  private static Problem problem(OnvifException fault) {
    return fault.kind() == OnvifException.Kind.LOGIN_REFUSED
        ? Problem.of(502, "The camera refused the log-in: " + fault.getMessage() + ".")
        : DiscoveryApi.problem(fault);
  }
}
