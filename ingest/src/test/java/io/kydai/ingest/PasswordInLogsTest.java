package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** Frigate's issue 4193: a camera's password stood in the log. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PasswordInLogsTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final String DIGEST =
      "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\", algorithm=SHA-256\r\n";
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          Duration.ofSeconds(2),
          new RtspSettings(Duration.ofSeconds(1), Duration.ofMillis(100)),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10));

  private final Logger log = (Logger) LoggerFactory.getLogger("io.kydai");
  private final Level before = log.getLevel();
  private final ListAppender<ILoggingEvent> events = new ListAppender<>();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final CollectedStatuses statuses = new CollectedStatuses();

  @BeforeEach
  void listen() {
    events.start();
    log.setLevel(Level.TRACE);
    log.addAppender(events);
  }

  @AfterEach
  void stop() {
    log.detachAppender(events);
    log.setLevel(before);
  }

  @Test
  void neitherUserNorPasswordStandsInALogAnErrorAMetricOrARequestWhateverGoesWrong()
      throws Exception {
    List<ScriptedCamera.Script> scripts =
        List.of(
            camera -> camera.answer("404 Not Found", "", ""),
            camera -> {
              camera.answer("401 Unauthorized", DIGEST, "");
              camera.answer("401 Unauthorized", DIGEST, "");
            },
            // It writes into its addresses what it knows of us.
            camera -> {
              camera.answer("401 Unauthorized", DIGEST, "");
              camera.answer("200 OK", "", "");
              String base = "Content-Base: rtsp://operator:s3cret@127.0.0.1/live/\r\n";
              camera.answer("200 OK", base, ScriptedCamera.H264);
              camera.answer("461 Unsupported Transport", "", "");
            });
    for (ScriptedCamera.Script script : scripts) {
      for (Transport transport : Transport.values()) {
        fails(script, "rtsp", transport);
      }
    }
    fails(scripts.get(0), "rtsps", Transport.AUTO);
    assertThat(events.list).isNotEmpty();
    for (ILoggingEvent event : List.copyOf(events.list)) {
      assertThat(event.getFormattedMessage()).doesNotContain("s3cret", "operator");
    }
    for (Meter meter : metrics.getMeters()) {
      assertThat(meter.getId().toString()).doesNotContain("s3cret", "operator");
    }
  }

  private void fails(ScriptedCamera.Script script, String scheme, Transport transport)
      throws Exception {
    try (ScriptedCamera camera = new ScriptedCamera(script);
        Ingest ingest = new Ingest(Clock.systemUTC(), metrics, statuses, SETTINGS)) {
      String url = camera.url().replace("rtsp://", scheme + "://operator:s3cret@");
      ingest.add(CameraSource.of(GATE, url).over(transport));
      CameraStatus failed = statuses.await(GATE, CameraState.BACKING_OFF);
      assertThat(failed.toString()).doesNotContain("s3cret", "operator");
      for (String request : camera.requests()) {
        // Digest names the user to the camera, and to nobody else.
        assertThat(request).doesNotContain("s3cret", "operator:", "operator@");
      }
    }
  }
}
