package io.kydai.console.http.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.alert.Alert;
import io.kydai.console.http.api.AlertAnswer;
import io.kydai.console.http.api.CameraAnswer;
import io.kydai.console.http.api.CameraView;
import io.kydai.console.http.api.ReportAnswer;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Limits;
import io.kydai.console.http.server.Sockets;
import io.kydai.console.reports.Report;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Tells browsers and other listeners what happens. Its publishing methods may be called from any
 * thread and never wait: a listener with more than {@link Limits#EVENT_BACKLOG} bytes unread is
 * closed with 1013, and finds what it missed in the lists when it comes again.
 */
public final class EventSockets {
  private final Clock clock;
  private final Sockets sockets;
  private final Context telling;
  private final Set<Sockets.Opened> listeners = new LinkedHashSet<>();

  public EventSockets(Vertx vertx, Clock clock) {
    this(vertx, clock, Limits.Connections.USUAL);
  }

  public EventSockets(Vertx vertx, Clock clock, Limits.Connections limits) {
    this.clock = clock;
    this.telling = vertx.getOrCreateContext();
    this.sockets = new Sockets(vertx, "events", limits.sockets(), Limits.EVENT_BACKLOG);
  }

  /** An alert was opened, updated or closed. */
  public void alert(Alert alert) {
    ObjectNode event = event("alert");
    event.set("alert", AlertAnswer.of(alert));
    publish(event);
  }

  /** A report came in or changed. */
  public void report(Report report) {
    ObjectNode event = event("report");
    event.set("report", ReportAnswer.inList(report));
    publish(event);
  }

  /**
   * A camera was added or changed, or came into another state. Returns at once: what is told is
   * made on the server's own event loop, and only where somebody listens, since cameras' event
   * loops call this at each change of a state.
   *
   * @param camera as it is when it is asked for; empty when there is no such camera any more
   */
  public void camera(Supplier<Optional<CameraView>> camera) {
    if (heard()) {
      telling.runOnContext(
          nothing ->
              camera
                  .get()
                  .ifPresent(
                      view -> {
                        ObjectNode event = event("camera");
                        event.set("camera", CameraAnswer.of(view));
                        publish(event);
                      }));
    }
  }

  /** A camera was removed. */
  public void cameraRemoved(CameraId camera) {
    // In order with what is told of the camera before.
    telling.runOnContext(nothing -> publish(event("camera-removed").put("id", camera.value())));
  }

  private synchronized boolean heard() {
    return !listeners.isEmpty();
  }

  /** How many listen. */
  public int count() {
    return sockets.count();
  }

  /** How many are told; none besides those that {@link #count} counts. */
  public synchronized int listening() {
    return listeners.size();
  }

  public void accept(RoutingContext context) {
    sockets.open(
        context,
        socket -> {
          join(socket);
          socket.whenClosed(() -> leave(socket));
        });
  }

  /** Under one lock with {@link #publish}: what is published after the hello is heard. */
  private synchronized void join(Sockets.Opened socket) {
    socket.send(Json.text(event("hello").put("at", clock.instant().toString())));
    listeners.add(socket);
  }

  private synchronized void leave(Sockets.Opened socket) {
    listeners.remove(socket);
  }

  private synchronized void publish(ObjectNode event) {
    if (listeners.isEmpty()) {
      return;
    }
    String text = Json.text(event);
    for (Sockets.Opened listener : Set.copyOf(listeners)) {
      if (listener.ready()) {
        listener.send(text);
      } else {
        listeners.remove(listener);
        listener.close(Sockets.TRY_AGAIN, "too slow: events were left out");
      }
    }
  }

  private static ObjectNode event(String name) {
    return Json.object().put("event", name);
  }
}
