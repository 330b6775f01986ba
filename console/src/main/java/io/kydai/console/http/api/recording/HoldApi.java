package io.kydai.console.http.api.recording;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.recordings.Hold;
import io.kydai.console.recordings.Holds;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The operations on holds of recordings: of one camera, and of all cameras, also of those that were
 * removed since.
 */
public final class HoldApi {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** What goes on may be held for as long ahead. */
  private static final Duration AHEAD = Duration.ofDays(31);

  private final Cameras cameras;
  private final Holds holds;
  private final Clock clock;

  public HoldApi(Cameras cameras, Holds holds, Clock clock) {
    this.cameras = cameras;
    this.holds = holds;
    this.clock = clock;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listHolds", desk, call -> list(ofCamera(camera(call))))
        .on("addHold", desk, this::add)
        .on("removeHold", desk, call -> remove(call, ofCamera(camera(call))))
        .on("listAllHolds", desk, call -> list(visible(call)))
        .on("removeAnyHold", desk, call -> remove(call, visible(call)));
  }

  private CameraId camera(ApiCall call) {
    return CameraApi.find(call, cameras).config().id();
  }

  private static Predicate<Hold> ofCamera(CameraId camera) {
    return hold -> hold.camera().equals(camera);
  }

  /** A removed camera has no groups and no place: who may see it has it named, or sees all. */
  private Predicate<Hold> visible(ApiCall call) {
    return hold ->
        call.caller()
            .since(Permission.EXPORT, CameraPlaces.of(hold.camera(), cameras))
            .filter(Instant.EPOCH::equals)
            .isPresent();
  }

  private ApiReply list(Predicate<Hold> shown) {
    return ApiReply.json(
        new HoldList(holds.list().stream().filter(shown).map(HoldAnswer::of).toList()));
  }

  /** The contract's {@code HoldProperties}. */
  private record HoldProperties(
      String from, String to, String reason, @Nullable String expiresAt) {}

  private ApiReply add(ApiCall call) {
    CameraId camera = camera(call);
    HoldProperties body = call.body(HoldProperties.class);
    Instant from = ApiCall.time("from", body.from());
    Instant to = ApiCall.time("to", body.to());
    Instant now = clock.instant();
    if (!to.isAfter(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw Problem.of(400, "'to' must be after 'from', by " + LONGEST.toDays() + " days at most.");
    }
    if (to.isAfter(now.plus(AHEAD))) {
      throw Problem.badField("to", "Expected: a time within " + AHEAD.toDays() + " days from now.");
    }
    Instant expires =
        body.expiresAt() == null ? null : ApiCall.time("expires-at", body.expiresAt());
    if (expires != null && !expires.isAfter(now)) {
      throw Problem.badField("expires-at", "Expected: a time to come.");
    }
    Hold hold =
        holds
            .add(camera, from, to, body.reason(), expires, call.actor(), call.origin())
            .orElseThrow(
                () -> Problem.of(409, "There are " + Holds.MOST + " holds; end some first."));
    return ApiReply.json(201, HoldAnswer.of(hold), Map.of());
  }

  private ApiReply remove(ApiCall call, Predicate<Hold> shown) {
    String id = call.path("hold");
    Hold hold =
        holds
            .find(id)
            .filter(shown)
            .orElseThrow(() -> Problem.notFound("hold " + ErrorText.shown(id)));
    holds.remove(hold.id(), call.actor(), call.origin());
    return ApiReply.done();
  }

  /** The contract's {@code HoldList}. */
  private record HoldList(List<HoldAnswer> holds) {}

  /** The contract's {@code Hold}. */
  private record HoldAnswer(
      String id,
      String camera,
      Instant from,
      Instant to,
      String reason,
      String actor,
      Instant createdAt,
      @Nullable Instant expiresAt) {
    static HoldAnswer of(Hold hold) {
      return new HoldAnswer(
          hold.id(),
          hold.camera().value(),
          hold.from(),
          hold.to(),
          hold.reason(),
          hold.actor(),
          hold.createdAt(),
          hold.expiresAt());
    }
  }
}
