package io.kydai.console.http.api.live;

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
import io.kydai.streaming.live.hls.HlsStream;
import io.kydai.streaming.live.hls.HlsStreams;
import io.kydai.streaming.live.hls.MediaBytes;
import io.kydai.streaming.live.hls.Reload;
import io.kydai.streaming.live.hls.TooFarAheadException;
import io.kydai.streaming.live.hls.UnplayableCodecException;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * A camera's live pictures for players of Low-Latency HTTP Live Streaming
 * (draft-pantos-hls-rfc8216bis). Rights are asked at each request, and again where one has waited;
 * no address has a secret in it.
 */
public final class LiveHlsApi implements AutoCloseable {
  /** How long a question may wait: three target durations (section 6.2.5.2). */
  static final Duration PATIENCE = Duration.ofSeconds(12);

  private static final String PLAYLIST = "application/vnd.apple.mpegurl";

  /** What a name means never changes; another log-in in the same browser asks for itself. */
  private static final Map<String, String> KEPT =
      Map.of("Cache-Control", "private, max-age=24, immutable", "Vary", "Cookie, Authorization");

  private final Cameras cameras;
  private final PictureAccess pictures;

  /** Of what cameras send. */
  private final HlsStreams whole;

  /** Of the same with masks and blur: their names are the same, and who asks decides. */
  private final HlsStreams masked;

  private final LiveViewings viewings;

  public LiveHlsApi(Cameras cameras, AuditGroups audit, Clock clock) {
    this.cameras = requireNonNull(cameras);
    pictures = new PictureAccess(cameras);
    whole = new HlsStreams((camera, one) -> pictures.watch(camera, true, null, one), clock);
    masked = new HlsStreams((camera, one) -> pictures.watch(camera, false, null, one), clock);
    viewings = new LiveViewings(audit, clock);
  }

  /**
   * @param viewing runs what waits for the audit's first entry of a viewing
   */
  public void register(Endpoints endpoints, WorkerExecutor viewing) {
    endpoints
        .on("getLiveVariants", viewing, this::variants)
        .on(
            "getLivePlaylist",
            viewing,
            call -> playlist(call, wanted(call), seen(call)),
            call -> seenAgain(call).map(camera -> playlist(call, wanted(call), camera)))
        .on(
            "getLiveMedia",
            viewing,
            call -> media(call, seen(call)),
            call -> seenAgain(call).map(camera -> media(call, camera)));
  }

  /** The camera of a request within a viewing of a stream that runs; does not wait. */
  private Optional<CameraId> seenAgain(ApiCall call) {
    CameraId camera = CameraApi.find(call, cameras).config().id();
    return Optional.of(camera)
        .filter(one -> streams(call, one).find(one).isPresent())
        .filter(one -> viewings.seenAgain(call, one));
  }

  private CameraId seen(ApiCall call) {
    CameraId camera = CameraApi.find(call, cameras).config().id();
    if (!viewings.seen(call, camera)) {
      throw busy("This node has no more live viewers by HTTP now.");
    }
    return camera;
  }

  private static Problem busy(String detail) {
    return Problem.of(503, detail).withHeader("Retry-After", "5");
  }

  private HlsStreams streams(ApiCall call, CameraId camera) {
    return pictures.isWhole(call.caller(), camera) ? whole : masked;
  }

  private HlsStream open(ApiCall call, CameraId camera) {
    return streams(call, camera)
        .open(camera)
        .orElseThrow(
            () ->
                busy(
                    "Camera "
                        + camera
                        + " has too many viewers, or too many cameras are watched by HTTP."));
  }

  private ApiReply variants(ApiCall call) {
    CameraId camera = seen(call);
    return later(camera, open(call, camera).variants("live.m3u8"), LiveHlsApi::playlist);
  }

  private ApiReply playlist(ApiCall call, Reload wanted, CameraId camera) {
    boolean skip =
        call.text("_HLS_skip").filter(word -> word.equals("YES") || word.equals("v2")).isPresent();
    try {
      return later(
          camera,
          open(call, camera).playlist(wanted, skip, call.visibleFrom()),
          LiveHlsApi::playlist);
    } catch (TooFarAheadException e) {
      throw Problem.badField("_HLS_msn", e);
    }
  }

  private static Reload wanted(ApiCall call) {
    Optional<Long> sequence = number(call, "_HLS_msn");
    Optional<Long> part = number(call, "_HLS_part");
    if (part.isPresent() && sequence.isEmpty()) {
      throw Problem.badField("_HLS_part", "It needs '_HLS_msn' beside it.");
    }
    return new Reload(sequence.orElse(-1L), part.orElse(-1L));
  }

  private static Optional<Long> number(ApiCall call, String name) {
    return Optional.ofNullable(call.query().get(name)).map(value -> ((Number) value).longValue());
  }

  private static ApiReply playlist(String text) {
    return new ApiReply.Bytes(200, PLAYLIST, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private ApiReply media(ApiCall call, CameraId camera) {
    String name = call.path("file");
    Problem gone = Problem.notFound("such live media of camera " + camera + " any more");
    HlsStreams asked = streams(call, camera);
    HlsStream stream = asked.find(camera).orElseThrow(() -> gone);
    CompletableFuture<Optional<MediaBytes>> found = stream.media(name, call.visibleFrom());
    CompletableFuture<ApiReply> reply =
        found.thenApply(
            media -> {
              if (streams(call, camera) != asked) {
                throw gone; // Masks were drawn while this waited, or a right has ended.
              }
              MediaBytes bytes = media.orElseThrow(() -> gone);
              return new ApiReply.Shared("video/mp4", bytes.buffers(), bytes.size(), KEPT);
            });
    return new ApiReply.Later(reply, () -> found.cancel(false), PATIENCE, late(camera));
  }

  private static Problem late(CameraId camera) {
    return Problem.of(503, "Camera " + camera + " has sent no picture for this in time.")
        .withHeader("Retry-After", "2");
  }

  private static ApiReply later(
      CameraId camera,
      CompletableFuture<Optional<String>> text,
      Function<String, ApiReply> answer) {
    CompletableFuture<ApiReply> reply =
        text.handle(
            (found, failure) -> {
              if (failure instanceof UnplayableCodecException) {
                throw Problem.of(
                    409, "Camera " + camera + " sends motion JPEG, which HLS does not have.");
              } else if (failure != null) {
                throw new CompletionException(failure);
              }
              return answer.apply(found.orElseThrow(() -> late(camera)));
            });
    return new ApiReply.Later(reply, () -> text.cancel(false), PATIENCE, late(camera));
  }

  /** Ends what nobody watches any more; to be called each few seconds, where one may wait. */
  public void expire() {
    whole.expire();
    masked.expire();
    viewings.expire(this::mayWatch);
  }

  private boolean mayWatch(ApiCall call, CameraId camera) {
    return LiveViewings.mayWatch(call, camera, cameras);
  }

  /** The number of viewers. */
  public int viewers() {
    return viewings.count();
  }

  /** The bytes of media that are kept for them. */
  public long bytes() {
    return whole.bytes() + masked.bytes();
  }

  @Override
  public void close() {
    whole.close();
    masked.close();
    viewings.close();
  }
}
