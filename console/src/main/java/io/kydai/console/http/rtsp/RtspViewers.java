package io.kydai.console.http.rtsp;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.PictureAccess;
import io.kydai.console.http.api.live.LiveFrom;
import io.kydai.console.users.Caller;
import io.kydai.console.users.LogInRefusedException;
import io.kydai.console.users.LogIns;
import io.kydai.console.users.Permission;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.live.rtsp.RtspEntrance;
import io.kydai.streaming.live.rtsp.RtspSource;
import io.kydai.streaming.live.rtsp.RtspViewer;
import io.kydai.streaming.live.rtsp.TooManyAttemptsException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets programs in by their API tokens, and shows each the cameras on which its token has the
 * permission {@code live}. People's passwords are not taken: a stored password in another system
 * would go round the second factor, and could not be limited to some cameras.
 */
public final class RtspViewers implements RtspEntrance {
  private static final int LONGEST_NAME = 100;

  private final LogIns logIns;
  private final Cameras cameras;
  private final PictureAccess pictures;
  private final AuditGroups audit;

  public RtspViewers(LogIns logIns, Cameras cameras, AuditGroups audit) {
    this.logIns = requireNonNull(logIns);
    this.cameras = requireNonNull(cameras);
    pictures = new PictureAccess(cameras);
    this.audit = requireNonNull(audit);
  }

  @Override
  public Optional<RtspViewer> logIn(String name, String secret, InetAddress address)
      throws TooManyAttemptsException {
    RequestOrigin origin = new RequestOrigin(address.getHostAddress(), null);
    String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    try {
      Caller caller = logIns.logInByToken(shown, secret, origin);
      audit.record(AuditEvent.of(AuditEventType.TOKEN_USED, caller.actor(), origin));
      return Optional.of(new Viewer(caller, origin));
    } catch (LogInRefusedException e) {
      if (!e.retryAfter().isZero()) {
        throw new TooManyAttemptsException(e.retryAfter());
      }
      return Optional.empty();
    }
  }

  private final class Viewer implements RtspViewer {
    private final Caller caller;
    private final RequestOrigin origin;

    Viewer(Caller caller, RequestOrigin origin) {
      this.caller = caller;
      this.origin = origin;
    }

    @Override
    public String party() {
      return caller.actor().id();
    }

    @Override
    public boolean valid() {
      return caller.valid();
    }

    @Override
    public Optional<RtspSource> find(String camera, @Nullable String rendition) {
      StreamRole wanted =
          rendition == null ? null : StreamRole.valueOf(rendition.toUpperCase(Locale.ROOT));
      return view(camera)
          .filter(view -> wanted == null || view.config().secondSource().isPresent())
          .map(view -> new Source(caller, origin, view.config().id(), wanted))
          .filter(Source::mayWatch)
          .map(source -> source);
    }

    private Optional<CameraView> view(String camera) {
      try {
        return cameras.find(new CameraId(camera));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // No camera has such an id.
      }
    }
  }

  private final class Source implements RtspSource {
    private final Caller caller;
    private final RequestOrigin origin;
    private final CameraId camera;
    private final @Nullable StreamRole wanted;
    private final boolean whole;

    Source(Caller caller, RequestOrigin origin, CameraId camera, @Nullable StreamRole wanted) {
      this.caller = caller;
      this.origin = origin;
      this.camera = camera;
      this.wanted = wanted;
      whole = pictures.isWhole(caller, camera);
    }

    private Optional<CameraConfig> config() {
      return cameras.find(camera).map(CameraView::config);
    }

    @Override
    public boolean mayWatch() {
      return caller.valid()
          && config()
              .filter(known -> caller.may(Permission.LIVE, CameraPlaces.of(known)))
              .filter(known -> !whole || pictures.isWhole(caller, camera))
              .isPresent();
    }

    @Override
    public Optional<Subscription> look(LiveSubscriber subscriber) {
      return begin(subscriber);
    }

    /** Where too many cameras are encoded anew, it is as if this one had too many viewers. */
    private Optional<Subscription> begin(LiveSubscriber subscriber) {
      try {
        return pictures.watch(camera, whole, wanted, subscriber);
      } catch (Problem full) {
        return Optional.empty();
      }
    }

    @Override
    public Optional<Subscription> watch(LiveSubscriber subscriber) {
      Instant from =
          config()
              .flatMap(known -> caller.since(Permission.LIVE, CameraPlaces.of(known)))
              .orElse(Instant.MAX);
      AuditGroups.Viewing viewing =
          audit.view(
              AuditEvent.of(AuditEventType.LIVE_VIEWED, caller.actor(), origin)
                  .camera(camera.value()));
      Optional<Subscription> watched = Optional.empty();
      try {
        watched = begin(from.isAfter(Instant.EPOCH) ? new LiveFrom(subscriber, from) : subscriber);
      } finally {
        if (watched.isEmpty()) {
          viewing.end();
        }
      }
      return watched.map(
          live ->
              () -> {
                live.close();
                viewing.end();
              });
    }
  }
}
