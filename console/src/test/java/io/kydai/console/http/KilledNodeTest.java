package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.kydai.console.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.Clip;
import io.kydai.ingest.simulator.SimulatedCamera;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
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
    try (InputStream clip = Node.class.getResourceAsStream("demo/campus-path.h264");
        CameraSimulator simulator =
            CameraSimulator.builder()
                .camera(new SimulatedCamera("path", Clip.load(clip), 10))
                .start()) {
      int port = freePort();
      Path config = config(simulator.address("path"), receiver.getAddress().getPort());
      Api api = new Api(URI.create("http://127.0.0.1:" + port));

      Set<String> heard = new HashSet<>();
      Process first = start(config, port);
      try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
        while (heard.size() < 2) {
          JsonNode report =
              events.await(message -> message.get("event").asText().equals("report")).get("report");
          heard.add(report.get("id").asText());
        }
      } finally {
        first.destroyForcibly().waitFor();
      }
      assertThat(delivered).isEmpty();

      receiverWorks = true;
      Process second = start(config, port);
      try {
        JsonNode reports = api.get("/api/v1/reports?limit=200").expect(200).json().get("reports");
        assertThat(reports.findValuesAsText("id")).containsAll(heard).doesNotHaveDuplicates();
        assertThat(reports.findValuesAsText("alert-id")).doesNotHaveDuplicates();

        Set<String> untold = new HashSet<>(heard);
        while (!untold.isEmpty()) {
          String event = delivered.poll(90, TimeUnit.SECONDS);
          assertThat(event).as("told of all but " + untold).isNotNull();
          untold.removeIf(event::contains);
        }
      } finally {
        second.destroyForcibly().waitFor();
      }
    } finally {
      receiver.stop(0);
    }
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
            .formatted(camera, receiver));
  }

  /** Returns when the console listens. */
  private Process start(Path config, int port) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "io.kydai.console.Kydai",
            "--config",
            config.toString(),
            "--port",
            String.valueOf(port),
            "--data",
            folder.resolve("data").toString());
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    builder.redirectError(folder.resolve("log.txt").toFile());
    Process process = builder.start();
    BufferedReader out = process.inputReader();
    List<String> lines =
        out.lines().takeWhile(line -> !line.startsWith("The console is at")).toList();
    assertThat(process.isAlive())
        .as("%s %s", lines, Files.readString(folder.resolve("log.txt")))
        .isTrue();
    return process;
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0)) {
      return probe.getLocalPort();
    }
  }
}
