package io.kydai.console.search;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.http.api.DeskServer;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What else a node has to do: event sockets of the real server, and alerts that come in. */
final class QueueLoad implements AutoCloseable {
  private static final int SOCKETS = 50;
  private static final int ALERTS_A_SECOND = 20;

  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("bench-alerts"));
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<WebSocket> sockets = new ArrayList<>();
  private final AtomicLong alerts = new AtomicLong();
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final DeskServer server;
  private final long began = System.nanoTime();

  QueueLoad(DeskServer server) {
    this.server = server;
    URI events = URI.create("ws://" + server.address.getAuthority() + "/api/v1/events");
    for (int i = 0; i < SOCKETS; i++) {
      sockets.add(
          client
              .newWebSocketBuilder()
              .header("Authorization", "Bearer " + server.token)
              .connectTimeout(Duration.ofSeconds(30))
              .buildAsync(events, new Counting())
              .join());
    }
    timer.scheduleAtFixedRate(this::alert, 0, 1000 / ALERTS_A_SECOND, TimeUnit.MILLISECONDS);
  }

  /** Counts messages, and keeps none. */
  private final class Counting implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      messages.addAndGet(last ? 1 : 0);
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      lost.incrementAndGet();
      return null;
    }
  }

  private void alert() {
    long number = alerts.incrementAndGet();
    Timestamp start = new Timestamp(MediaTime.ZERO, Instant.now());
    server.receive(
        new Alert(
            AlertId.of("bench-" + number),
            new Alert.Origin(new CameraId("c" + number % 200), RuleId.of("r"), "t" + number % 12),
            Alert.Phase.OPENED,
            new Alert.Span(start, start),
            new Alert.Participants(List.of(3L, 7L), null, List.of()),
            new Alert.Finding("a vehicle against the arrow", Map.of("seconds", 3.5))));
  }

  /** Returns what happened so far. */
  String sofar() {
    double seconds = (System.nanoTime() - began) / 1e9;
    return "%d sockets, of which %d ended; %.1f alerts and %.0f messages a second"
        .formatted(SOCKETS, lost.get(), alerts.get() / seconds, messages.get() / seconds);
  }

  @Override
  public void close() {
    timer.shutdown();
    try {
      if (!timer.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("an alert does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sockets.forEach(WebSocket::abort);
  }
}
