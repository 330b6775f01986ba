package io.kydai.console.http.api.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.live.whep.StreamSource;
import io.kydai.streaming.live.whep.TooManySessionsException;
import io.kydai.streaming.live.whep.UnplayableStreamException;
import io.kydai.streaming.live.whep.WhepAnswer;
import io.kydai.streaming.live.whep.WhepServer;
import io.kydai.streaming.live.whep.sdp.IceFragment;
import io.kydai.streaming.live.whep.sdp.Offer;
import io.kydai.streaming.live.whep.sdp.UnusableOfferException;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Live pictures by WebRTC as WHEP asks for them (draft-ietf-wish-whep-04). A session is its
 * caller's: to another one it does not exist. Rights are asked at each request, and every two
 * seconds while a session lasts.
 */
public final class WhepApi implements AutoCloseable {
  /** How long an offer may wait for the camera's newest key frame. */
  static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String SDP = "application/sdp";
  private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

  private final WebRtc webRtc;
  private final Cameras cameras;
  private final PictureAccess pictures;
  private final WhepViewings viewings;
  private final WorkerExecutor worker;
  private volatile boolean closed;

  /**
   * @param worker runs what waits for the audit
   */
  public WhepApi(WebRtc webRtc, Cameras cameras, AuditGroups audit, WorkerExecutor worker) {
    this.webRtc = requireNonNull(webRtc);
    this.cameras = requireNonNull(cameras);
    pictures = new PictureAccess(cameras);
    this.worker = requireNonNull(worker);
    viewings = new WhepViewings(audit);
  }

  public void register(Endpoints endpoints) {
    endpoints
        .on("watchByWhep", worker, this::begin)
        .on("showWhep", worker, call -> ApiReply.done(Map.of("Accept-Post", SDP)))
        .on("changeWhepSession", worker, this::change)
        .on("showWhepSession", worker, call -> ApiReply.done(Map.of("Accept-Patch", FRAGMENT)))
        .on("endWhepSession", worker, this::end);
  }

  private WhepServer server() {
    WhepServer server = webRtc.server();
    if (server == null && webRtc.fault() != null) {
      throw Problem.of(503, webRtc.fault());
    }
    if (server == null) {
      throw Problem.of(501, "This node sends no WebRTC: its configuration has no webrtc.port.");
    }
    return server;
  }

  private static Problem full(String detail) {
    return Problem.of(503, detail).withHeader("Retry-After", "5");
  }

  private ApiReply begin(ApiCall call) {
    requireAccepted(call, SDP);
    WhepServer sessions = server();
    CameraId camera = CameraApi.find(call, cameras).config().id();
    Offer offer = offer(call);
    StreamRole wanted = call.constant("rendition", StreamRole.class).orElse(null);
    boolean whole = pictures.isWhole(call.caller(), camera);
    WhepViewings.Viewing viewing =
        viewings
            .begin(call, camera, whole)
            .orElseThrow(
                () ->
                    full(
                        "You watch "
                            + WhepViewings.MOST_OF_CALLER
                            + " cameras by WebRTC already."));
    CompletableFuture<WhepAnswer> answer =
        sessions.open(
            offer, source(camera, whole, wanted, call.visibleFrom()), () -> endLater(viewing));
    CompletableFuture<ApiReply> reply =
        answer.handle(
            (made, failure) -> {
              if (failure != null) {
                endLater(viewing);
                return elsewhere(call, camera, failure).orElseThrow(() -> problem(camera, failure));
              }
              viewing.session(made.session());
              return begun(camera, made);
            });
    // Where somebody else completed the reply, what stands above has not run.
    Runnable giveUp =
        () -> {
          answer.cancel(false);
          if (answer.isCompletedExceptionally()) {
            endLater(viewing);
          }
        };
    return new ApiReply.Later(reply, giveUp, PATIENCE, noPicture(camera));
  }

  /** What another node may have a place for. */
  private Optional<ApiReply> elsewhere(ApiCall call, CameraId camera, Throwable failure) {
    return failure instanceof TooManySessionsException full && full.isOfNode()
        ? webRtc.overflow().flatMap(other -> new Overflow(other).redirect(call, camera))
        : Optional.empty();
  }

  private static Offer offer(ApiCall call) {
    try {
      return Offer.parse(new String(call.body(), UTF_8));
    } catch (UnusableOfferException e) {
      throw Problem.field(422, e.field(), e);
    }
  }

  private StreamSource source(
      CameraId camera, boolean whole, @Nullable StreamRole wanted, Instant from) {
    return subscriber -> {
      LiveSubscriber filtered =
          from.isAfter(Instant.EPOCH) ? new LiveFrom(subscriber, from) : subscriber;
      return pictures.watch(camera, whole, wanted, filtered);
    };
  }

  /** A session ends on a thread that must not wait, and the audit may. */
  private void endLater(WhepViewings.Viewing viewing) {
    if (closed) {
      return;
    }
    worker.executeBlocking(
        () -> {
          viewings.end(viewing);
          return true;
        },
        false);
  }

  private static ApiReply begun(CameraId camera, WhepAnswer made) {
    return new ApiReply.Bytes(
        201,
        SDP,
        made.sdp().getBytes(UTF_8),
        Map.of(
            "Location",
            "/api/v1/cameras/" + camera + "/whep/" + made.session(),
            "ETag",
            quoted(made.tag()),
            "Accept-Patch",
            FRAGMENT));
  }

  private static String quoted(String tag) {
    return '"' + tag + '"';
  }

  private static RuntimeException problem(CameraId camera, Throwable failure) {
    if (failure instanceof Problem problem) {
      return problem;
    } else if (failure instanceof UnusableOfferException e) {
      return Problem.field(422, e.field(), e);
    } else if (failure instanceof UnplayableStreamException e) {
      return Problem.of(
          422, "Camera " + camera + ": " + e.getMessage() + " Its live WebSocket has it.");
    } else if (failure instanceof TooManySessionsException e) {
      return full("Camera " + camera + ": " + e.getMessage());
    }
    return new CompletionException(failure);
  }

  private static Problem noPicture(CameraId camera) {
    return Problem.of(409, "Camera " + camera + " has sent no picture yet.")
        .withHeader("Retry-After", "5");
  }

  /**
   * @throws Problem 406 where a client takes no answer of a media type
   */
  private static void requireAccepted(ApiCall call, String type) {
    boolean accepted =
        Arrays.stream(call.header("accept").orElse("*/*").split(","))
            .map(one -> one.split(";")[0].strip())
            .anyMatch(one -> one.equals(type) || one.equals("application/*") || one.equals("*/*"));
    if (!accepted) {
      throw Problem.of(406, "The answer is " + type + ", which 'Accept' leaves out.");
    }
  }

  /** The caller's own session of this camera. */
  private String session(ApiCall call) {
    CameraId camera = CameraApi.find(call, cameras).config().id();
    String id = call.path("session");
    if (!viewings.isOf(id, call, camera)) {
      throw Problem.notFound("such session of camera " + camera);
    }
    return id;
  }

  /** RFC 9725, section 4.3: a restart of ICE where any state is meant, or else candidates. */
  private ApiReply change(ApiCall call) {
    WhepServer sessions = server();
    String id = session(call);
    String wanted =
        call.header("if-match")
            .orElseThrow(() -> Problem.of(428, "'If-Match' is needed: the ETag, or '*'."));
    String tag = sessions.tag(id).orElseThrow(() -> Problem.notFound("such session"));
    boolean restart = wanted.strip().equals("*");
    if (!restart && !isNamed(wanted, tag)) {
      throw Problem.of(412, "The session has another state of ICE by now.");
    }
    IceFragment fragment = fragment(call);
    if (!restart) {
      // A lite agent is checked from wherever the client is: it needs no candidates.
      return ApiReply.done();
    }
    Optional<WhepAnswer> answer = sessions.restart(id, fragment);
    WhepAnswer made = answer.orElseThrow(() -> Problem.notFound("such session"));
    return new ApiReply.Bytes(
        200, FRAGMENT, made.sdp().getBytes(UTF_8), Map.of("ETag", quoted(made.tag())));
  }

  private static boolean isNamed(String list, String tag) {
    return Arrays.stream(list.split(",")).map(String::strip).anyMatch(quoted(tag)::equals);
  }

  private static IceFragment fragment(ApiCall call) {
    try {
      return IceFragment.parse(new String(call.body(), UTF_8));
    } catch (UnusableOfferException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private ApiReply end(ApiCall call) {
    server().end(session(call), "the client has ended it");
    return ApiReply.done();
  }

  /** Ends the sessions whose caller may not watch any more; to be called each few seconds. */
  public void expire() {
    WhepServer sessions = webRtc.server();
    if (sessions != null) {
      viewings
          .without(
              (call, camera) -> LiveViewings.mayWatch(call, camera, cameras),
              (call, camera) -> pictures.isWhole(call.caller(), camera))
          .forEach(id -> sessions.end(id, "the right to it has ended"));
    }
  }

  /** Ends every viewing; sessions end with their server. */
  @Override
  public void close() {
    closed = true;
    viewings.close();
  }
}
