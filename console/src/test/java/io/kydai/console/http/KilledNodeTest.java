package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.kydai.console.KydaiProcess;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.simulator.CameraSimulator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process is killed in the middle of alerts, and started again on the same data. */
class KilledNodeTest {
  @TempDir Path folder;
  private final BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
  private volatile boolean receiverWorks;

  @Test
  @Timeout(value = 180, unit = TimeUnit.SECONDS)
  void noReportIsLostNoneDoubledAndTheWebhookIsToldInTheEnd() throws Exception {
    HttpServer receiver = receiver();
    try (CameraSimulator simulator = StartedNode.simulator("path")) {
      Path config = config(simulator.address("path"), receiver.getAddress().getPort());

      Set<String> heard = new HashSet<>();
      try (KydaiProcess first = start(config);
          Api.Listener events =
              LoggedIn.api(first.address()).listen("/api/v1/events", "EventMessage")) {
        while (heard.size() < 2) {
          JsonNode report =
              events.await(message -> message.get("event").asText().equals("report")).get("report");
          heard.add(report.get("id").asText());
        }
        first.kill();
      }
      assertThat(delivered).isEmpty();

      receiverWorks = true;
      try (KydaiProcess second = start(config)) {
        Api api = LoggedIn.api(second.address());
        JsonNode reports = api.get("/api/v1/reports?limit=200").expect(200).json().get("reports");
        assertThat(reports.findValuesAsText("id")).containsAll(heard).doesNotHaveDuplicates();
        assertThat(reports.findValuesAsText("alert-id")).doesNotHaveDuplicates();
        for (JsonNode report : reports) {
          if (heard.contains(report.get("id").asText())) {
            assertThat(report.has("ended-at")).as("%s has an end", report).isTrue();
          }
        }

        Set<String> untold = new HashSet<>(heard);
        while (!untold.isEmpty()) {
          String event = delivered.poll(90, TimeUnit.SECONDS);
          assertThat(event).as("told of all but " + untold).isNotNull();
          untold.removeIf(event::contains);
        }
      }
    } finally {
      receiver.stop(0);
    }
  }

  private KydaiProcess start(Path config) throws Exception {
    return KydaiProcess.start(folder.resolve("data"), "--config", config.toString());
  }

  private HttpServer receiver() throws IOException {
    HttpServer receiver = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean works = receiverWorks;
          if (works) {
            delivered.add(body);
          }
          exchange.sendResponseHeaders(works ? 204 : 500, -1);
          exchange.close();
        });
    receiver.start();
    return receiver;
  }

  private Path config(String camera, int receiver) throws IOException {
    return Files.writeString(
        folder.resolve("kydai.yaml"),
        """
        cameras:
          - id: path
            url: %s
            scene:
              zones:
                - {id: left, polygon: [[0, 0], [0.5, 0], [0.5, 1], [0, 1]]}
                - {id: right, polygon: [[0.5, 0], [1, 0], [1, 1], [0.5, 1]]}
            rules:
              - {id: left, type: crowding, zone: left, people: 1, for: 1s}
              - {id: right, type: crowding, zone: right, people: 1, for: 1s}
        webhooks:
          - url: http://127.0.0.1:%d/
            secret: a-secret-of-this-test-only
        """
                .formatted(camera, receiver)
            + TestDatabase.yaml(folder.resolve("data/kydai.db")));
  }
}
