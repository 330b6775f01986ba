package io.kydai.console.http.api.live;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.ingest.source.CameraId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Who watches what by WebRTC: one viewing in the audit for each session. Safe for many threads that
 * may wait for the disk.
 *
 * <p>Bound: {@value #MOST_OF_CALLER} of one caller, whose next one is refused; in all as many as
 * {@link io.kydai.streaming.live.whep.WhepServer} has sessions.
 */
final class WhepViewings {
  static final int MOST_OF_CALLER = 32;

  private final AuditGroups audit;
  private final Set<Viewing> viewings = ConcurrentHashMap.newKeySet();

  /** One session. */
  static final class Viewing {
    private final ApiCall call;
    private final CameraId camera;
    private final boolean whole;
    private final AuditGroups.Viewing audited;
    private volatile @Nullable String session;

    private Viewing(ApiCall call, CameraId camera, boolean whole, AuditGroups.Viewing audited) {
      this.call = call;
      this.camera = camera;
      this.whole = whole;
      this.audited = audited;
    }

    /** Gives it its session's id. */
    void session(String id) {
      session = id;
    }
  }

  WhepViewings(AuditGroups audit) {
    this.audit = requireNonNull(audit);
  }

  /**
   * Begins a viewing in the audit; empty where the caller has too many.
   *
   * @param whole whether the camera's pictures are shown as they are
   */
  synchronized Optional<Viewing> begin(ApiCall call, CameraId camera, boolean whole) {
    long held = viewings.stream().filter(one -> isOf(one, call)).count();
    if (held >= MOST_OF_CALLER) {
      return Optional.empty();
    }
    Viewing viewing =
        new Viewing(
            call,
            camera,
            whole,
            audit.view(
                AuditEvent.of(AuditEventType.LIVE_VIEWED, call.actor(), call.origin())
                    .camera(camera.value())));
    viewings.add(viewing);
    return Optional.of(viewing);
  }

  private static boolean isOf(Viewing viewing, ApiCall call) {
    return viewing.call.actor().kind() == call.actor().kind()
        && viewing.call.actor().id().equals(call.actor().id());
  }

  /** Whether a session is the caller's, and of a camera. */
  boolean isOf(String session, ApiCall call, CameraId camera) {
    return viewings.stream()
        .anyMatch(
            one -> session.equals(one.session) && one.camera.equals(camera) && isOf(one, call));
  }

  /** Ends a viewing; nothing happens the second time. */
  void end(Viewing viewing) {
    if (viewings.remove(viewing)) {
      viewing.audited.end();
    }
  }

  /**
   * The sessions whose party may not watch any more.
   *
   * @param watches whether a party may watch a camera
   * @param seesWhole whether a party is shown its pictures as they are
   */
  List<String> without(
      BiPredicate<ApiCall, CameraId> watches, BiPredicate<ApiCall, CameraId> seesWhole) {
    return viewings.stream()
        .filter(
            one ->
                !watches.test(one.call, one.camera)
                    || one.whole && !seesWhole.test(one.call, one.camera))
        .map(one -> one.session)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Ends all of them. */
  void close() {
    viewings.forEach(this::end);
  }
}
