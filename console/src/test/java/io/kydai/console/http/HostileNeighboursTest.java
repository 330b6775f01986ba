package io.kydai.console.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.node.Node;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.fault.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A good camera among bad ones: each bad one is named with its fault, and the good one goes on. */
@Tag("sqlite")
class HostileNeighboursTest {
  private static final String SECRET = "unspeakable-word";

  /** What is to be said of each bad camera. */
  private static final Map<String, String> FAULTS =
      Map.of(
          "refuses", "refused the connection",
          "password", "does not accept the user or the password",
          "codec", "offers no H.264, H.265 or JPEG video, but video VP9",
          "garbage", "something else than RTSP",
          "cut", "closed the connection in the middle of a frame",
          "silent", "agreed to play and sent nothing");

  @TempDir Path folder;

  @Test
  @Timeout(value = 90, unit = TimeUnit.SECONDS)
  void eachBadCameraIsNamedWithItsFaultAndTheGoodOneGoesOn() throws Exception {
    try (CameraSimulator simulator =
            StartedNode.simulator("good", "password", "garbage", "cut", "silent");
        Vp9 vp9 = new Vp9();
        Node node =
            StartedNode.start(
                folder,
                """
                cameras:
                  - id: good
                    url: %s
                    scene: {lines: [{id: v, from: [0.5, 0], to: [0.5, 1]}]}
                    rules: [{id: count, type: line-count, line: v}]
                """
                    .formatted(simulator.address("good")))) {
      simulator.misbehave("password", Fault.WRONG_PASSWORD);
      simulator.misbehave("garbage", Fault.GARBAGE);
      simulator.misbehave("cut", Fault.CLOSE_IN_FRAME);
      simulator.misbehave("silent", Fault.SILENT);
      Api api = LoggedIn.api(node);
      try (Api.Listener events = api.listen("/api/v1/events", "EventMessage")) {
        events.await(message -> message.get("event").asText().equals("hello"));
        for (String id : FAULTS.keySet()) {
          String url =
              switch (id) {
                case "refuses" -> "rtsp://127.0.0.1:" + unusedPort() + "/";
                case "codec" -> vp9.url();
                default -> simulator.address(id);
              };
          String secretly = url.replace("//", "//admin:" + SECRET + "@") + "?password=" + SECRET;
          String answer =
              text(
                  api.json(
                          "POST",
                          "/api/v1/cameras",
                          "{\"id\": \"" + id + "\", \"url\": \"" + secretly + "\"}")
                      .expect(201));
          assertThat(answer).doesNotContain(SECRET);
        }

        Map<String, String> told = new HashMap<>();
        while (!told.keySet().equals(FAULTS.keySet())) {
          JsonNode event =
              events.await(
                  message ->
                      message.at("/camera/status/state").asText().equals("backing-off")
                          && !told.containsKey(message.at("/camera/id").asText()));
          assertThat(event.toString()).doesNotContain(SECRET);
          told.put(event.at("/camera/id").asText(), event.at("/camera/status/last-error").asText());
        }
        FAULTS.forEach((id, fault) -> assertThat(told.get(id)).as(id).contains(fault));
      }

      for (String id : FAULTS.keySet()) {
        JsonNode status = api.get("/api/v1/cameras/" + id).expect(200).json().get("status");
        assertThat(status.get("state").asText()).isIn("backing-off", "connecting");
        assertThat(status.get("last-error").asText()).contains(FAULTS.get(id));
        assertThat(status.get("fps-analysed").asDouble()).as(id).isZero();
      }
      assertThat(text(api.get("/api/v1/cameras").expect(200))).doesNotContain(SECRET);
      assertThat(text(api.get("/metrics").expect(200))).doesNotContain(SECRET);

      JsonNode good = api.get("/api/v1/cameras/good").expect(200).json().get("status");
      assertThat(good.get("state").asText()).isEqualTo("live");
      assertThat(good.get("reconnects").asInt()).isZero();
      assertThat(good.has("last-error")).isFalse();
      assertThat(good.get("fps-received").asDouble()).isPositive();
      assertThat(good.get("fps-analysed").asDouble()).isPositive();
      JsonNode analysis = good.get("analysis");
      assertThat(analysis.get("fps-target").asDouble()).isPositive();
      assertThat(analysis.get("weight").asDouble()).isGreaterThanOrEqualTo(3);
      assertThat(analysis.at("/skipped/decode-error").asInt()).isZero();
      assertThat(text(api.get("/metrics").expect(200)))
          .contains("kydai_analytics_skipped_total{camera=\"good\",reason=\"busy\"")
          .contains("kydai_analytics_fps_target{camera=\"good\"");
      try (Api.Listener live = api.listen("/api/v1/cameras/good/live", "LiveMessage")) {
        live.await(message -> message.get("type").asText().equals("observation"));
      }
      assertThat(api.get("/api/v1/cameras/good/counts").expect(200).json().get("lines")).hasSize(1);
      api.get("/healthz").expect(200);
    }
  }

  private static String text(Api.Answer answer) {
    return new String(answer.body(), UTF_8);
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** A camera that offers H.265 and nothing else. */
  private static final class Vp9 implements AutoCloseable {
    private static final String OFFER = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 VP9/90000\r\n";

    private final ServerSocket listening =
        new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Vp9() throws IOException {
      Thread thread = new Thread(this::serve, "vp9-camera");
      thread.setDaemon(true);
      thread.start();
    }

    String url() {
      return "rtsp://127.0.0.1:" + listening.getLocalPort() + "/";
    }

    /** One client after the other, until it is closed. */
    private void serve() {
      while (!listening.isClosed()) {
        try (Socket client = listening.accept()) {
          converse(client);
        } catch (IOException e) {
          // The client or the test is gone; the loop's condition knows which.
          continue;
        }
      }
    }

    private static void converse(Socket client) throws IOException {
      var requests = new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
      String method = "";
      String number = "";
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        if (line.endsWith("RTSP/1.0")) {
          method = line.split(" ")[0];
        } else if (line.startsWith("CSeq:")) {
          number = line;
        } else if (line.isEmpty()) {
          String body = method.equals("DESCRIBE") ? OFFER : "";
          client
              .getOutputStream()
              .write(
                  ("RTSP/1.0 200 OK\r\n%s\r\nContent-Length: %d\r\n\r\n%s"
                          .formatted(number, body.length(), body))
                      .getBytes(ISO_8859_1));
        }
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
