package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.console.cameras.CameraChangedException;
import io.kydai.console.cameras.CameraExistsException;
import io.kydai.console.cameras.UnknownCameraException;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Problem;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The cameras' part of the API. */
public final class CameraApi {
  private static final String ALL = "/api/v1/cameras";
  private static final String ONE = ALL + "/{id}";

  private final Cameras cameras;

  public CameraApi(Cameras cameras) {
    this.cameras = cameras;
  }

  /**
   * @param desk runs what waits for the database
   * @param pictures runs what makes pictures
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor pictures) {
    endpoints
        .on(GET, ALL, desk, this::list)
        .on(POST, ALL, desk, this::add)
        .on(GET, ONE, desk, call -> ApiReply.json(CameraAnswer.of(find(call))))
        .on(PUT, ONE, desk, this::replace)
        .on(DELETE, ONE, desk, this::remove)
        .on(GET, ONE + "/counts", desk, this::counts)
        .on(GET, ONE + "/snapshot.jpg", pictures, this::snapshot);
  }

  /**
   * A camera's id out of a path.
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

  private CameraView find(ApiCall call) {
    CameraId id = id(call.path("id"));
    return cameras.find(id).orElseThrow(() -> Problem.notFound("camera " + id));
  }

  private ApiReply list(ApiCall call) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("cameras");
    cameras.all().forEach(camera -> list.add(CameraAnswer.of(camera)));
    return ApiReply.json(json);
  }

  private ApiReply add(ApiCall call) {
    Json.readObject(call.body());
    CameraConfig camera = read(() -> CameraJson.read(call.body()));
    try {
      ObjectNode added = CameraAnswer.of(read(() -> cameras.add(camera)));
      return ApiReply.json(201, added, Map.of("Location", ALL + "/" + camera.id()));
    } catch (CameraExistsException e) {
      throw Problem.of(409, "There is a camera " + camera.id() + " already.");
    }
  }

  private ApiReply replace(ApiCall call) {
    CameraId id = id(call.path("id"));
    Map<String, Object> given = call.json();
    Object version = given.remove(CameraAnswer.VERSION);
    if (version != null && !(version instanceof String)) {
      throw Problem.badField(
          CameraAnswer.VERSION, "Expected: the text that the camera was read with, or nothing.");
    }
    CameraConfig camera = read(() -> CameraJson.read(id, Json.bytes(Json.object(given))));
    try {
      return ApiReply.json(
          CameraAnswer.of(
              read(
                  () ->
                      cameras.replace(
                          camera,
                          before ->
                              version == null || version.equals(CameraAnswer.version(before))))));
    } catch (CameraChangedException e) {
      throw Problem.of(
          409,
          "Camera " + id + " has been changed since it was read. Read it again, and try anew.");
    } catch (UnknownCameraException e) {
      throw Problem.notFound("camera " + id);
    }
  }

  private ApiReply remove(ApiCall call) {
    CameraId id = id(call.path("id"));
    try {
      cameras.remove(id);
      return ApiReply.done();
    } catch (UnknownCameraException e) {
      throw Problem.notFound("camera " + id);
    }
  }

  private ApiReply counts(ApiCall call) {
    Duration piece =
        call.only(Set.of("per"))
            .query("per", "5, 15 or 60 minutes", CameraApi::piece)
            .orElse(Movements.PIECE);
    CameraId id = find(call).config().id();
    return ApiReply.json(CameraAnswer.of(id, cameras.measurements(id).per(piece)));
  }

  private static Duration piece(String minutes) {
    return switch (minutes) {
      case "5" -> Duration.ofMinutes(5);
      case "15" -> Duration.ofMinutes(15);
      case "60" -> Duration.ofMinutes(60);
      default -> throw new IllegalArgumentException(minutes);
    };
  }

  private ApiReply snapshot(ApiCall call) {
    boolean annotated = call.only(Set.of("annotated")).queryFlag("annotated");
    CameraId id = find(call).config().id();
    byte[] picture =
        cameras
            .snapshot(id, annotated)
            .orElseThrow(
                () ->
                    Problem.of(503, "No picture of camera " + id + " has been analysed yet.")
                        .withHeader("Retry-After", "2"));
    return new ApiReply.Bytes(200, "image/jpeg", picture, Map.of());
  }

  /** The first mistake gives the field, and the detail has them all. */
  private static <T> T read(Supplier<T> reading) {
    try {
      return reading.get();
    } catch (ConfigException e) {
      String detail =
          e.problems().stream().map(ConfigProblem::toString).collect(Collectors.joining("; "));
      throw Problem.badField(e.problems().get(0).key(), detail);
    }
  }
}
