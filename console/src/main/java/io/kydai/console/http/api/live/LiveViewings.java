package io.kydai.console.http.api.live;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The audit of live viewing by requests: all requests of one party from one address for one camera
 * are one viewing, until none has come for {@value #SILENCE_SECONDS} s, which is longer than a
 * request may wait, or until the right to it has ended.
 *
 * <p>Bound: {@value #MOST} viewings at a time; the next is refused. The methods may be called on
 * any thread that may wait for the disk, {@link #seenAgain} on any thread.
 */
final class LiveViewings {
  static final int MOST = 1_024;
  static final int SILENCE_SECONDS = 20;

  private static final Duration SILENCE = Duration.ofSeconds(SILENCE_SECONDS);

  private final AuditGroups audit;
  private final Clock clock;
  private final Map<Key, Viewing> viewings = new ConcurrentHashMap<>();

  /**
   * @param address null where it is not known
   */
  private record Key(Actor.Kind kind, String party, @Nullable String address, CameraId camera) {}

  /** A viewing that goes on; safe for many threads. */
  private static final class Viewing {
    final AuditGroups.Viewing audited;

    /** The newest request. */
    volatile ApiCall call;

    volatile Instant seen;

    Viewing(AuditGroups.Viewing audited, ApiCall call, Instant seen) {
      this.audited = audited;
      this.call = call;
      this.seen = seen;
    }

    void again(ApiCall newest, Instant now) {
      call = newest;
      seen = now;
    }
  }

  LiveViewings(AuditGroups audit, Clock clock) {
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
  }

  /**
   * Takes note of a request, before it is answered.
   *
   * @return false where there are too many viewings
   */
  boolean seen(ApiCall call, CameraId camera) {
    Key key = key(call, camera);
    if (viewings.size() >= MOST && !viewings.containsKey(key)) {
      return false;
    }
    viewings
        .computeIfAbsent(key, same -> new Viewing(begin(call, camera), call, clock.instant()))
        .again(call, clock.instant());
    return true;
  }

  /**
   * Takes note of a request of a viewing that goes on, before it is answered. Does not wait.
   *
   * @return false where there is no such viewing
   */
  boolean seenAgain(ApiCall call, CameraId camera) {
    Key key = key(call, camera);
    Viewing known = viewings.get(key);
    if (known == null) {
      return false;
    }
    known.again(call, clock.instant());
    return viewings.get(key) == known;
  }

  private static Key key(ApiCall call, CameraId camera) {
    return new Key(call.actor().kind(), call.actor().id(), call.origin().address(), camera);
  }

  private AuditGroups.Viewing begin(ApiCall call, CameraId camera) {
    return audit.view(
        AuditEvent.of(AuditEventType.LIVE_VIEWED, call.actor(), call.origin())
            .camera(camera.value()));
  }

  /**
   * Ends the viewings that are over; to be called each few seconds.
   *
   * @param may whether the party of a request may still watch the camera
   */
  void expire(BiPredicate<ApiCall, CameraId> may) {
    Instant before = clock.instant().minus(SILENCE);
    for (Key key : viewings.keySet()) {
      viewings.computeIfPresent(
          key,
          (same, one) -> {
            if (!one.seen.isBefore(before) && may.test(one.call, key.camera())) {
              return one;
            }
            one.audited.end();
            return null;
          });
    }
  }

  /** Whether the party of a request may watch a camera now. */
  static boolean mayWatch(ApiCall call, CameraId camera, Cameras cameras) {
    return call.caller().valid()
        && cameras
            .find(camera)
            .filter(view -> call.caller().may(Permission.LIVE, CameraPlaces.of(view.config())))
            .isPresent();
  }

  /** Ends all of them. */
  void close() {
    expire((call, camera) -> false);
  }

  int count() {
    return viewings.size();
  }
}
