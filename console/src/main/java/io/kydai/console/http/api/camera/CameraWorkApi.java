package io.kydai.console.http.api.camera;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.cameras.UnknownCameraException;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations of whoever looks after cameras: pausing, trying again, copying settings. */
public final class CameraWorkApi {
  private final Cameras cameras;
  private final GivenAddresses addresses;
  private final AuditGroups audit;
  private final Clock clock;

  /**
   * @param rule which addresses cameras may be given
   */
  public CameraWorkApi(Cameras cameras, CameraAddressRule rule, AuditGroups audit, Clock clock) {
    this.cameras = cameras;
    addresses = new GivenAddresses(rule);
    this.audit = audit;
    this.clock = clock;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("pauseCamera", desk, this::pause)
        .on("resumeCamera", desk, this::resume)
        .on("handOverCamera", desk, this::handOver)
        .on("endCameraHandover", desk, this::endHandover)
        .on("retryCamera", desk, this::retry)
        .on("copySettings", desk, this::copy);
  }

  /** The contract's {@code PauseWish}. */
  private record PauseWish(@Nullable String reason, @Nullable String until) {}

  private ApiReply pause(ApiCall call) {
    CameraId id = CameraApi.id(call.path("id"));
    PauseWish wish = call.body(PauseWish.class);
    String reason = wish.reason() == null ? "" : wish.reason().strip();
    Instant until = wish.until() == null ? null : ApiCall.time("until", wish.until());
    if (until != null && !until.isAfter(clock.instant())) {
      throw Problem.badField("until", "Expected: a time to come.");
    }
    try {
      return ApiReply.json(
          CameraAnswer.of(cameras.pause(id, reason, until, call.actor(), call.origin())));
    } catch (UnknownCameraException e) {
      throw Problem.notFound("camera " + id);
    }
  }

  private ApiReply resume(ApiCall call) {
    CameraId id = CameraApi.id(call.path("id"));
    try {
      return ApiReply.json(CameraAnswer.of(cameras.resume(id, call.actor(), call.origin())));
    } catch (UnknownCameraException e) {
      throw Problem.notFound("camera " + id);
    }
  }

  /** The contract's {@code HandoverWish}. */
  private record HandoverWish(String to, @Nullable String note) {}

  private ApiReply handOver(ApiCall call) {
    CameraId id = CameraApi.id(call.path("id"));
    HandoverWish wish = call.body(HandoverWish.class);
    String to = wish.to().strip();
    if (to.isEmpty()) {
      throw Problem.badField("to", "Expected: who mends the camera.");
    }
    String note = wish.note() == null ? "" : wish.note().strip();
    try {
      return ApiReply.json(
          CameraAnswer.of(cameras.handOver(id, to, note, call.actor(), call.origin())));
    } catch (UnknownCameraException e) {
      throw Problem.notFound("camera " + id);
    }
  }

  private ApiReply endHandover(ApiCall call) {
    CameraId id = CameraApi.id(call.path("id"));
    String cause = call.text("cause").orElse("done");
    try {
      return ApiReply.json(
          CameraAnswer.of(cameras.endHandover(id, cause, call.actor(), call.origin())));
    } catch (UnknownCameraException e) {
      throw Problem.notFound("camera " + id);
    }
  }

  private ApiReply retry(ApiCall call) {
    CameraId id = CameraApi.id(call.path("id"));
    if (cameras.find(id).isEmpty()) {
      throw Problem.notFound("camera " + id);
    }
    audit.record(
        AuditEvent.of(AuditEventType.CAMERA_RETRIED, call.actor(), call.origin())
            .camera(id.value()));
    cameras.retry(id);
    return ApiReply.done();
  }

  /** The contract's {@code SettingsCopy}. */
  private record SettingsCopy(List<String> to, List<String> keys) {}

  private ApiReply copy(ApiCall call) {
    CameraId from = CameraApi.id(call.path("id"));
    CameraConfig source =
        cameras.find(from).orElseThrow(() -> Problem.notFound("camera " + from)).config();
    SettingsCopy wish = call.body(SettingsCopy.class);
    Map<String, Object> given = CameraJson.write(source);
    List<CameraConfig> changed = new ArrayList<>();
    for (String to : wish.to()) {
      changed.add(changed(call, CameraApi.id(to), given, wish.keys()));
    }
    return ApiReply.json(
        CameraAnswer.CameraList.of(
            CameraApi.read(() -> cameras.putAll(changed, call.actor(), call.origin()))));
  }

  private CameraConfig changed(
      ApiCall call, CameraId id, Map<String, Object> given, List<String> keys) {
    CameraConfig before =
        cameras
            .find(id)
            .map(CameraView::config)
            .filter(camera -> call.caller().may(Permission.LIVE, CameraPlaces.of(camera)))
            .orElseThrow(() -> Problem.badField("to", "There is no camera " + id + "."));
    CameraApi.checkScope(call, before);
    Map<String, Object> after = new LinkedHashMap<>(CameraJson.write(before));
    for (String key : keys) {
      if (given.containsKey(key)) {
        after.put(key, given.get(key));
      } else {
        after.remove(key);
      }
    }
    CameraConfig read = CameraApi.read(() -> CameraJson.read(id, Json.bytes(after)));
    CameraApi.checkScope(call, read);
    addresses.check(before, read);
    return read;
  }
}
