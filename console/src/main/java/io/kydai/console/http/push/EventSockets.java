package io.kydai.console.http.push;

import io.kydai.analytics.alert.Alert;
import io.kydai.console.audit.Actor;
import io.kydai.console.claims.Claim;
import io.kydai.console.claims.ClaimListener;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.api.camera.CameraAnswer;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.desk.AlertAnswer;
import io.kydai.console.http.api.desk.ClaimAnswer;
import io.kydai.console.http.api.desk.ReportAnswer;
import io.kydai.console.http.server.Limits;
import io.kydai.console.http.server.Sockets;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportListener;
import io.kydai.console.users.Caller;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to browsers and other listeners by WebSocket. Its publishing methods may be called
 * from any thread and never wait: a listener with more than {@link Limits#EVENT_BACKLOG} bytes
 * unread is closed with 1013, and finds what it missed in the lists when it connects again. A
 * listener gets only what it may see.
 */
public final class EventSockets implements ReportListener, ClaimListener {
  private record Hello(String event, Instant at) {}

  private record Heartbeat(String event, Instant at) {}

  private record AlertEvent(String event, AlertAnswer alert) {}

  private record ReportEvent(String event, ReportAnswer report) {}

  private record ClaimEvent(String event, ClaimAnswer claim) {}

  private record Released(String event, String report) {}

  private record CameraEvent(String event, CameraAnswer camera) {}

  private record CameraRemoved(String event, String id) {}

  private record ReportRemoved(String event, String id) {}

  private record ReportsRemoved(String event, String camera) {}

  /** Milliseconds between two heartbeats. */
  private static final long HEARTBEAT_MILLIS = 1_000;

  private final Clock clock;
  private final Sockets sockets;
  private final Context sending;
  private final Function<CameraId, CameraPlace> places;
  private final Set<Listener> listeners = new LinkedHashSet<>();
  private volatile Consumer<Actor> gone = actor -> {};

  /** A WebSocket, and who opened it. */
  private record Listener(Sockets.Opened socket, Caller caller) {}

  /**
   * @param places finds where a camera stands, also one that was removed; must not wait
   */
  public EventSockets(Vertx vertx, Clock clock, Function<CameraId, CameraPlace> places) {
    this(vertx, clock, places, Limits.Connections.USUAL);
  }

  public EventSockets(
      Vertx vertx, Clock clock, Function<CameraId, CameraPlace> places, Limits.Connections limits) {
    this.clock = clock;
    this.places = places;
    this.sending = vertx.getOrCreateContext();
    this.sockets = new Sockets(vertx, "events", limits.sockets(), Limits.EVENT_BACKLOG);
    vertx.setPeriodic(HEARTBEAT_MILLIS, id -> beat());
  }

  /** Publishes an alert that was opened, updated or closed. */
  public void alert(Alert alert) {
    CameraPlace place = places.apply(alert.origin().camera());
    Instant now = clock.instant();
    Instant began = alert.span().start().wallClock();
    Instant at = began.isBefore(now) ? began : now;
    publish(
        new AlertEvent("alert", AlertAnswer.of(alert)),
        caller -> caller.may(Permission.EVIDENCE, place, at, null));
  }

  /** Publishes a report that came in or changed. */
  @Override
  public void onReport(Report report) {
    publish(new ReportEvent("report", ReportAnswer.inList(report)), sees(report));
  }

  private Predicate<Caller> sees(Report report) {
    return sees(report, report.handling().agency());
  }

  private Predicate<Caller> sees(Report report, @Nullable String agency) {
    CameraPlace place = places.apply(report.origin().camera());
    return caller -> caller.may(Permission.EVIDENCE, place, report.times().receivedAt(), agency);
  }

  /** Publishes to those who can no longer see a report that it has left them. */
  @Override
  public void onAssigned(Report report, @Nullable String agencyBefore) {
    publish(
        new ReportRemoved("report-removed", report.id().value()),
        sees(report, agencyBefore).and(sees(report).negate()));
  }

  @Override
  public void claimed(Claim claim) {
    publish(new ClaimEvent("claim", ClaimAnswer.of(claim)), sees(claim.report()));
  }

  @Override
  public void released(Report report) {
    publish(new Released("released", report.id().value()), sees(report));
  }

  /**
   * Publishes a camera that was added or changed, or came into another state. Returns at once: the
   * message is made on the server's own event loop, and only while somebody listens, since cameras'
   * event loops call this at each change of a state.
   *
   * @param camera as it is when it is asked for; empty when there is no such camera any more
   */
  public void camera(Supplier<Optional<CameraView>> camera) {
    if (hasListeners()) {
      sending.runOnContext(
          nothing ->
              camera
                  .get()
                  .ifPresent(
                      view ->
                          publish(
                              new CameraEvent("camera", CameraAnswer.of(view)),
                              caller ->
                                  caller.may(Permission.LIVE, CameraPlaces.of(view.config())))));
    }
  }

  /**
   * Publishes that a camera was changed: to those who can still see it as it is now, to the others
   * that it is removed.
   */
  public void cameraChanged(CameraConfig before, CameraView after) {
    CameraPlace place = CameraPlaces.of(after.config());
    left(
        before,
        caller -> caller.may(Permission.LIVE, place),
        caller -> caller.may(Permission.EVIDENCE, place));
    camera(() -> Optional.of(after));
  }

  /** Publishes that a camera was removed. */
  public void cameraRemoved(CameraConfig camera) {
    CameraPlace removed = CameraPlaces.removed(camera.id());
    left(camera, caller -> false, caller -> caller.may(Permission.EVIDENCE, removed));
  }

  /** In order with earlier messages of the same camera. */
  private void left(CameraConfig before, Predicate<Caller> stays, Predicate<Caller> keeps) {
    CameraPlace place = CameraPlaces.of(before);
    String id = before.id().value();
    sending.runOnContext(
        nothing -> {
          publish(
              new CameraRemoved("camera-removed", id),
              caller -> caller.may(Permission.LIVE, place) && !stays.test(caller));
          publish(
              new ReportsRemoved("reports-removed", id),
              caller -> caller.may(Permission.EVIDENCE, place) && !keeps.test(caller));
        });
  }

  private synchronized boolean hasListeners() {
    return !listeners.isEmpty();
  }

  /**
   * Calls a function with whoever has no socket any more, from now on and instead of the one
   * before. It must not wait.
   */
  public void whenGone(Consumer<Actor> gone) {
    this.gone = gone;
  }

  /** Returns the number of open WebSockets. */
  public int count() {
    return sockets.count();
  }

  /** Returns the number of sockets that get events, which {@link #count} counts as well. */
  public synchronized int listening() {
    return listeners.size();
  }

  /**
   * Opens a socket. It is closed when the caller's rights are others than at its beginning, so that
   * its client asks for the lists anew, and keeps nothing that it may no longer see.
   */
  public void accept(RoutingContext context, Requester requester) {
    Caller caller = requester.caller();
    Object rights = caller.rightsNow();
    sockets.open(
        context,
        () -> caller.complete() && caller.rightsNow().equals(rights),
        socket -> {
          Listener listener = new Listener(socket, caller);
          join(listener);
          socket.whenClosed(
              () -> {
                if (leave(listener)) {
                  gone.accept(caller.actor());
                }
              });
        });
  }

  /** Under one lock with {@link #publish}: nothing that is published after the hello is missed. */
  private synchronized void join(Listener listener) {
    listener.socket().send(Json.text(new Hello("hello", clock.instant())));
    listeners.add(listener);
  }

  /**
   * Sends every listener a heartbeat, by which a page knows that what it shows is still true. A
   * listener that is behind gets none: it has other messages to read.
   */
  synchronized void beat() {
    if (listeners.isEmpty()) {
      return;
    }
    String text = Json.text(new Heartbeat("heartbeat", clock.instant()));
    for (Listener listener : listeners) {
      if (listener.socket().ready()) {
        listener.socket().send(text);
      }
    }
  }

  /** Returns whether two sockets are of one party, whatever name it had when each was opened. */
  private static boolean same(Listener one, Listener other) {
    Actor actor = one.caller().actor();
    Actor otherActor = other.caller().actor();
    return actor.kind() == otherActor.kind() && actor.id().equals(otherActor.id());
  }

  /** Returns whether it was the last of its caller. */
  private synchronized boolean leave(Listener listener) {
    listeners.remove(listener);
    return listeners.stream().noneMatch(other -> same(other, listener));
  }

  /**
   * @param sees whether a listener may see the event
   */
  private synchronized void publish(Record event, Predicate<Caller> sees) {
    if (listeners.isEmpty()) {
      return;
    }
    String text = Json.text(event);
    for (Listener listener : List.copyOf(listeners)) {
      if (!sees.test(listener.caller())) {
        continue;
      }
      if (listener.socket().ready()) {
        listener.socket().send(text);
      } else {
        listeners.remove(listener);
        listener.socket().close(Sockets.TRY_AGAIN, "too slow: events were left out");
      }
    }
  }
}
