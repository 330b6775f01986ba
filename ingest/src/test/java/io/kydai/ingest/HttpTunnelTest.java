package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cameras that take no tunnel, or half of one; TransportTest pulls one that does. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HttpTunnelTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          Duration.ofSeconds(2),
          new RtspSettings(Duration.ofMillis(500), Duration.ofMillis(200)),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMillis(100),
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  private final CollectedStatuses statuses = new CollectedStatuses();
  private final Ingest ingest =
      new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), statuses, SETTINGS);

  @AfterEach
  void close() {
    ingest.close();
  }

  private static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of("HTTP/1.0 404 Not Found\r\n\r\n", "answers GET with status 404"),
        Arguments.of("HTTP/1.1 401 Unauthorized\r\n\r\n", "asks for a user and a password in HTTP"),
        Arguments.of("RTSP/1.0 400 Bad Request\r\n\r\n", "RTSP/1.0 400 Bad Request"),
        Arguments.of("x".repeat(9000), "a header of more than 8192 bytes"),
        Arguments.of("HTTP/1.0 200 OK\r\n", "did not open the HTTP tunnel in time"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whyThereIsNoTunnelIsSaid(String answer, String expected) throws Exception {
    try (ScriptedCamera camera =
        new ScriptedCamera(
            conversation -> {
              conversation.request();
              conversation.send(answer);
              conversation.awaitEnd();
            })) {
      ingest.add(CameraSource.of(GATE, camera.url() + "?a=b").over(Transport.HTTP));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .contains(expected);
      assertThat(camera.requests().get(0))
          .startsWith("GET /live?a=b HTTP/1.0\r\nHost: 127.0.0.1:")
          .contains("x-sessioncookie: ", "Accept: application/x-rtsp-tunnelled\r\n");
    }
  }

  @Test
  void aCameraThatClosesEitherConnectionIsLeftWithoutTheOther() throws Exception {
    try (ScriptedCamera camera =
        new ScriptedCamera(
            conversation -> {
              String request = conversation.request();
              if (request.startsWith("GET")) {
                conversation.send("HTTP/1.0 200 OK\r\nServer: x\r\n\r\n");
                conversation.awaitEnd();
              }
              // The second connection is closed at once.
            })) {
      ingest.add(
          CameraSource.of(GATE, camera.url().replace("//", "//me:word@")).over(Transport.HTTP));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .contains("the connection")
          .doesNotContain("word");
      String post =
          camera.requests().stream()
              .filter(one -> one.startsWith("POST"))
              .findFirst()
              .orElseThrow();
      String cookie = post.replaceAll("(?s).*(x-sessioncookie: \\w+).*", "$1");
      assertThat(camera.requests().get(0)).contains(cookie);
      assertThat(post).contains("Content-Type: application/x-rtsp-tunnelled\r\n");
    }
  }

  @Test
  void requestsAreSentInBase64() throws Exception {
    CompletableFuture<String> body = new CompletableFuture<>();
    try (ScriptedCamera camera =
        new ScriptedCamera(
            conversation -> {
              String request = conversation.request();
              if (request.startsWith("GET")) {
                conversation.send("HTTP/1.0 200 OK\r\n\r\n");
                conversation.awaitEnd();
              } else {
                body.complete(conversation.rest());
              }
            })) {
      ingest.add(CameraSource.of(GATE, camera.url()).over(Transport.HTTP));
      statuses.await(GATE, CameraState.BACKING_OFF);
      byte[] sent = Base64.getDecoder().decode(body.get(10, TimeUnit.SECONDS));
      assertThat(new String(sent, StandardCharsets.US_ASCII))
          .startsWith("OPTIONS " + camera.url() + " RTSP/1.0\r\n");
    }
  }
}
