package io.kydai.console.http.push;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.api.live.LiveFrom;
import io.kydai.console.http.server.Limits;
import io.kydai.console.http.server.Sockets;
import io.kydai.console.users.Caller;
import io.kydai.console.users.Permission;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.live.websocket.MessageSink;
import io.kydai.streaming.live.websocket.WebSocketFrames;
import io.kydai.streaming.live.websocket.WebSocketSubscriber;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends the live streams of cameras over WebSockets. */
public final class LiveSockets {
  private final Cameras cameras;
  private final PictureAccess pictures;
  private final WorkerExecutor worker;
  private final AuditGroups audit;
  private final Sockets sockets;

  public LiveSockets(
      Vertx vertx, WorkerExecutor worker, Cameras cameras, AuditGroups audit, int most) {
    this.audit = audit;
    this.worker = worker;
    this.cameras = cameras;
    this.pictures = new PictureAccess(cameras);
    this.sockets = new Sockets(vertx, "live", most, Limits.LIVE_BACKLOG);
  }

  /** Returns the number of open WebSockets. */
  public int count() {
    return sockets.count();
  }

  public void accept(RoutingContext context, Map<String, String> path, Requester requester) {
    CameraId camera = CameraApi.id(path.getOrDefault("id", ""));
    if (cameras.find(camera).isEmpty()) {
      throw Problem.notFound("camera " + camera);
    }
    StreamRole wanted =
        context.queryParam("rendition").stream()
            .findFirst()
            .map(LiveSockets::rendition)
            .orElse(null);
    boolean h264 = isH264Wanted(context);
    boolean whole = pictures.isWhole(requester.caller(), camera);
    sockets.open(
        context,
        () -> mayWatch(requester.caller(), camera, whole),
        socket -> watch(new Wish(camera, whole, wanted, h264), requester, socket));
  }

  private static StreamRole rendition(String name) {
    try {
      return ErrorText.constant(StreamRole.class, name);
    } catch (IllegalArgumentException e) {
      throw Problem.badField("rendition", "Expected: main or sub.");
    }
  }

  private static boolean isH264Wanted(RoutingContext context) {
    List<String> codec = context.queryParam("codec");
    if (!codec.isEmpty() && !codec.get(0).equals("h264")) {
      throw Problem.badField("codec", "Expected: h264.");
    }
    return !codec.isEmpty();
  }

  /**
   * What a viewer is shown.
   *
   * @param rendition null for the analysed stream
   * @param h264 whether it plays nothing else
   */
  private record Wish(
      CameraId camera, boolean whole, @Nullable StreamRole rendition, boolean h264) {}

  /** The stream of a camera that was removed ends by itself. */
  private boolean mayWatch(Caller caller, CameraId camera, boolean whole) {
    return caller.valid()
        && cameras
            .find(camera)
            .map(
                view ->
                    caller.may(Permission.LIVE, CameraPlaces.of(view.config()))
                        && (!whole || pictures.isWhole(caller, camera)))
            .orElse(true);
  }

  private void watch(Wish wish, Requester requester, Sockets.Opened socket) {
    worker
        .executeBlocking(() -> viewing(wish, requester, socket), false)
        .onSuccess(viewing -> begun(viewing.orElse(null), socket))
        .onFailure(
            e ->
                socket.close(
                    Sockets.TRY_AGAIN,
                    e instanceof Problem
                        ? "transcodes: this node encodes no further camera anew now"
                        : "the camera cannot be shown"));
  }

  /** Begins the viewing in the audit before the first picture is sent. */
  private Optional<Subscription> viewing(Wish wish, Requester requester, Sockets.Opened socket) {
    CameraId camera = wish.camera();
    AuditGroups.Viewing audited =
        audit.view(
            AuditEvent.of(
                    AuditEventType.LIVE_VIEWED, requester.caller().actor(), requester.origin())
                .camera(camera.value()));
    Optional<Subscription> viewing = Optional.empty();
    try {
      LiveSubscriber subscriber = new WebSocketSubscriber(new Sink(socket));
      Instant from = from(requester.caller(), camera);
      LiveSubscriber filtered =
          from.isAfter(Instant.EPOCH) ? new LiveFrom(subscriber, from) : subscriber;
      viewing =
          wish.h264()
              ? pictures.watchAsH264(camera, wish.whole(), filtered)
              : pictures.watch(camera, wish.whole(), wish.rendition(), filtered);
    } finally {
      if (viewing.isEmpty()) {
        audited.end();
      }
    }
    return viewing.map(
        live ->
            () -> {
              live.close();
              audited.end();
            });
  }

  /** Returns from when on a caller may see a camera's pictures, of which the newest may be old. */
  private Instant from(Caller caller, CameraId camera) {
    return cameras
        .find(camera)
        .flatMap(view -> caller.since(Permission.LIVE, CameraPlaces.of(view.config())))
        .orElse(Instant.MAX);
  }

  private void begun(@Nullable Subscription viewing, Sockets.Opened socket) {
    if (viewing == null) {
      socket.close(Sockets.TRY_AGAIN, "the camera is gone or has too many viewers");
      return;
    }
    socket.whenClosed(
        () ->
            worker.executeBlocking(
                () -> {
                  viewing.close();
                  return null;
                },
                false));
  }

  /** Fragments are one frame for all sockets of a camera, whose bytes are never written to. */
  private record Sink(Sockets.Opened socket) implements MessageSink {
    @Override
    public boolean ready() {
      return socket.ready();
    }

    @Override
    public void sendText(String json) {
      socket.sendFrame(WebSocketFrames.text(json));
    }

    @Override
    public void sendBinary(ByteBuffer segment) {
      socket.sendFrame(WebSocketFrames.binary(segment));
    }

    @Override
    public void sendFragment(Fragment fragment) {
      socket.sendFrame(WebSocketFrames.of(fragment));
    }
  }
}
