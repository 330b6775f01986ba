package io.kydai.console.http.api.live;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.api.camera.ShownPicture;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.privacy.Privacy;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A camera's pictures with their boxes as motion JPEG over HTTP ({@code multipart/x-mixed-replace},
 * RFC 2046, section 5.1), for clients that play nothing else. Each answer has a worker of its own
 * pool until it ends: when the client goes, when the right to it ends, which is asked at each
 * picture and each second, or when no picture has come for {@value #SILENCE_SECONDS} s.
 */
public final class LiveMjpegApi implements AutoCloseable {
  static final int SILENCE_SECONDS = 30;

  /** One for each answer that there may be, and one to refuse the next. */
  public static final int WORKERS = MotionPictures.MOST_VIEWERS + 1;

  private static final Duration TURN = Duration.ofSeconds(1);
  private static final String BOUNDARY = "kydai-picture";

  private final Cameras cameras;
  private final PictureAccess access;
  private final AuditGroups audit;
  private final MotionPictures pictures;

  public LiveMjpegApi(Cameras cameras, AuditGroups audit) {
    this.cameras = requireNonNull(cameras);
    access = new PictureAccess(cameras);
    this.audit = requireNonNull(audit);
    pictures = new MotionPictures(cameras);
  }

  /**
   * @param showing has {@link #WORKERS} threads
   */
  public void register(Endpoints endpoints, WorkerExecutor showing) {
    endpoints.on("getLiveMjpeg", showing, this::show);
  }

  private ApiReply show(ApiCall call) {
    CameraId camera = CameraApi.find(call, cameras).config().id();
    if (pictures.isFull()) {
      throw Problem.of(503, "This node has no more viewers of motion JPEG now.")
          .withHeader("Retry-After", "5");
    }
    boolean whole = access.isWhole(call.caller(), camera);
    Privacy hidden = access.hidden(call.caller(), camera);
    if (cameras.picture(camera, call.visibleFrom(), hidden).isEmpty()) {
      throw Problem.of(503, "Camera " + camera + " has no analysed picture yet.")
          .withHeader("Retry-After", "5");
    }
    return new ApiReply.Stream(
        "multipart/x-mixed-replace; boundary=" + BOUNDARY,
        out -> show(call, camera, whole, out),
        Map.of("Cache-Control", "no-store"));
  }

  private void show(ApiCall call, CameraId camera, boolean whole, OutputStream out)
      throws IOException {
    MotionPictures.Viewer viewer =
        pictures
            .open(camera, whole, call.visibleFrom())
            .orElseThrow(() -> new IOException("another viewer has taken the last place"));
    try (viewer) {
      AuditGroups.Viewing viewing =
          audit.view(
              AuditEvent.of(AuditEventType.LIVE_VIEWED, call.actor(), call.origin())
                  .camera(camera.value()));
      try {
        show(call, camera, whole, viewer, out);
      } finally {
        viewing.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server is closing", e);
    }
  }

  private void show(
      ApiCall call, CameraId camera, boolean whole, MotionPictures.Viewer viewer, OutputStream out)
      throws IOException, InterruptedException {
    int silent = 0;
    while (silent < SILENCE_SECONDS && mayWatch(call, camera, whole)) {
      Optional<ShownPicture> next = viewer.next(TURN);
      if (next.isPresent() && mayWatch(call, camera, whole)) {
        silent = 0;
        write(next.get(), out);
      } else {
        silent++;
      }
    }
    out.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Masks that are drawn while somebody watches end what is shown without them. */
  private boolean mayWatch(ApiCall call, CameraId camera, boolean whole) {
    return call.caller().valid()
        && cameras
            .find(camera)
            .filter(view -> call.caller().may(Permission.LIVE, CameraPlaces.of(view.config())))
            .filter(view -> !whole || access.isWhole(call.caller(), camera))
            .isPresent();
  }

  private static void write(ShownPicture picture, OutputStream out) throws IOException {
    String head =
        "--"
            + BOUNDARY
            + "\r\nContent-Type: image/jpeg\r\nContent-Length: "
            + picture.jpeg().length
            + "\r\nX-Taken-At: "
            + picture.takenAt()
            + "\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(picture.jpeg());
    out.write(new byte[] {'\r', '\n'});
    out.flush();
  }

  /** The number of viewers. */
  public int viewers() {
    return pictures.count();
  }

  @Override
  public void close() {
    pictures.close();
  }
}
