package io.kydai.console.http.api.camera;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.LastChange;
import io.kydai.console.cameras.CameraChangedException;
import io.kydai.console.cameras.CameraExistsException;
import io.kydai.console.cameras.UnknownCameraException;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The operations on cameras. */
public final class CameraApi {
  private static final String ALL = "/api/v1/cameras";

  private final Cameras cameras;
  private final PictureAccess pictures;
  private final GivenAddresses addresses;
  private final AuditGroups audit;
  private final AuditLog log;

  /**
   * @param rule which addresses cameras may be given
   */
  public CameraApi(Cameras cameras, CameraAddressRule rule, AuditGroups audit, AuditLog log) {
    this.cameras = cameras;
    pictures = new PictureAccess(cameras);
    this.log = log;
    addresses = new GivenAddresses(rule);
    this.audit = audit;
  }

  /**
   * @param desk runs what waits for the database
   * @param pictures runs what makes pictures
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor pictures) {
    endpoints
        .on("listCameras", desk, this::list)
        .on("addCamera", desk, this::add)
        .on("getCamera", desk, call -> ApiReply.json(CameraAnswer.of(find(call, cameras))))
        .on("replaceCamera", desk, this::replace)
        .on("removeCamera", desk, this::remove)
        .on("getCounts", desk, this::counts)
        .on("getSnapshot", pictures, this::snapshot);
  }

  /**
   * Returns the camera's id that a path has.
   *
   * @throws Problem 404, when it is none
   */
  public static CameraId id(String value) {
    try {
      return new CameraId(value);
    } catch (IllegalArgumentException e) {
      throw Problem.notFound("camera " + ErrorText.shown(value));
    }
  }

  /**
   * Returns the camera that a path names.
   *
   * @throws Problem 404, when there is none
   */
  public static CameraView find(ApiCall call, Cameras cameras) {
    CameraId id = id(call.path("id"));
    return cameras.find(id).orElseThrow(() -> Problem.notFound("camera " + id));
  }

  private ApiReply list(ApiCall call) {
    return ApiReply.json(
        CameraAnswer.CameraList.of(
            cameras.all().stream()
                .filter(view -> call.caller().may(Permission.LIVE, CameraPlaces.of(view.config())))
                .toList()));
  }

  private ApiReply add(ApiCall call) {
    CameraConfig camera = read(() -> CameraJson.read(call.body()));
    checkScope(call, camera);
    addresses.check(null, camera);
    if (isOthersPast(call, camera.id(), cameras)) {
      throw Problem.of(
          409,
          "The id "
              + camera.id()
              + " was that of another camera, whose past is kept. Give this one another id, or ask"
              + " somebody whose right to configure cameras is on all of them.");
    }
    try {
      CameraAnswer added =
          CameraAnswer.of(read(() -> cameras.add(camera, call.actor(), call.origin())));
      return ApiReply.json(201, added, Map.of("Location", ALL + "/" + camera.id()));
    } catch (CameraExistsException e) {
      throw Problem.of(409, "There is a camera " + camera.id() + " already.");
    }
  }

  /** A camera may not be put where the caller has no right to it. */
  static void checkScope(ApiCall call, CameraConfig camera) {
    if (!call.caller().may(Permission.CONFIGURE_CAMERAS, CameraPlaces.of(camera))) {
      throw Problem.refused(
          "Your right to configure cameras does not reach to this one.",
          Problem.Refusal.of(Permission.CONFIGURE_CAMERAS, camera.id()));
    }
  }

  /**
   * Masks and blur are changed by those only who see the pictures without them: who takes a mask
   * away sees what is under it.
   *
   * @param before null where there is no such camera
   */
  static void checkPrivacy(ApiCall call, @Nullable CameraConfig before, CameraConfig camera) {
    if (!mayChangePrivacy(call, before, camera)) {
      throw Problem.refused(
          "To change 'privacy' needs the permission 'unmasked'.",
          Problem.Refusal.of(Permission.UNMASKED, camera.id()));
    }
  }

  static boolean mayChangePrivacy(
      ApiCall call, @Nullable CameraConfig before, CameraConfig camera) {
    return before == null
        || before.privacy().equals(camera.privacy())
        || call.caller().may(Permission.UNMASKED, CameraPlaces.of(before));
  }

  /**
   * Returns whether an id that is free now has a past that the caller has no right to: it would be
   * the new camera's, and so that of everybody who sees it. A removed camera has no groups and no
   * place, so that a right to it names it, or is on all cameras.
   */
  static boolean isOthersPast(ApiCall call, CameraId id, Cameras cameras) {
    return cameras.find(id).isEmpty()
        && !call.caller().may(Permission.CONFIGURE_CAMERAS, CameraPlaces.removed(id))
        && cameras.hasPast(id);
  }

  private ApiReply replace(ApiCall call) {
    CameraId id = id(call.path("id"));
    Map<String, Object> given = new LinkedHashMap<>(call.json());
    Object version = given.remove(CameraAnswer.VERSION);
    CameraConfig camera = read(() -> CameraJson.read(id, Json.bytes(given)));
    checkScope(call, camera);
    CameraConfig present = cameras.find(id).map(CameraView::config).orElse(null);
    checkPrivacy(call, present, camera);
    addresses.check(present, camera);
    try {
      return ApiReply.json(
          CameraAnswer.of(
              read(
                  () ->
                      cameras.replace(
                          camera,
                          before -> version == null || version.equals(CameraAnswer.version(before)),
                          call.actor(),
                          call.origin()))));
    } catch (CameraChangedException e) {
      throw Problem.crossed(
          "Camera " + id + " has been changed since it was read",
          LastChange.ofCamera(log, id.value()).orElse(null));
    } catch (UnknownCameraException e) {
      throw Problem.notFound("camera " + id);
    }
  }

  private ApiReply remove(ApiCall call) {
    CameraId id = id(call.path("id"));
    try {
      cameras.remove(id, call.actor(), call.origin());
      return ApiReply.done();
    } catch (UnknownCameraException e) {
      throw Problem.notFound("camera " + id);
    }
  }

  private ApiReply counts(ApiCall call) {
    Duration piece = Duration.ofMinutes(call.integer("per"));
    CameraId id = find(call, cameras).config().id();
    return ApiReply.json(CountsAnswer.of(id, cameras.measurements(id), piece, call.visibleFrom()));
  }

  private ApiReply snapshot(ApiCall call) {
    boolean annotated = call.flag("annotated");
    CameraId id = find(call, cameras).config().id();
    byte[] picture =
        cameras
            .snapshot(id, annotated, call.visibleFrom(), pictures.hidden(call.caller(), id))
            .orElseThrow(
                () ->
                    Problem.of(503, "No picture of camera " + id + " has been analysed yet.")
                        .withHeader("Retry-After", "2"));
    audit.record(
        AuditEvent.of(AuditEventType.SNAPSHOT_VIEWED, call.actor(), call.origin())
            .camera(id.value())
            .detail("picture", "snapshot"));
    return new ApiReply.Bytes(200, "image/jpeg", picture, Map.of());
  }

  /** The first mistake gives the field, and the detail has them all. */
  static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigException e) {
      String detail =
          e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("; "));
      throw Problem.badField(e.problems().get(0).key(), detail);
    }
  }
}
