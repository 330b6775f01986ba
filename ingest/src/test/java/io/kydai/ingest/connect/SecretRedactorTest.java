package io.kydai.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.kydai.ingest.BadCameraTest;
import io.kydai.ingest.CapturedLog;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.ScriptedCamera;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Whatever way a camera fails, its password is in no log, error or metric. Each has one in its
 * log-in and one in its address's query.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SecretRedactorTest {
  private static final String PASSWORD = "Zebra%2F7&quartz";
  private static final List<String> SECRETS =
      List.of("Zebra", "quartz", "querysecret", "d2F0Y2htYW46WmVicmEvNyZxdWFydHo=");

  /** Cameras that say again what they were told. */
  private static Stream<ScriptedCamera.Script> echoes() {
    String basic = "WWW-Authenticate: Basic realm=\"r\"\r\n";
    return Stream.of(
        camera -> {
          camera.answer("401 Unauthorized", basic, "");
          String request = camera.request();
          String login = request.replaceAll("(?s).*Authorization: ([^\r]*).*", "$1");
          camera.answerTo(request, "400 " + login, "", "");
        },
        camera -> {
          String request = camera.request();
          camera.answerTo(request, "404 " + request.split(" ")[1], "", "");
          camera.awaitEnd();
        },
        camera -> {
          camera.answer("200 OK", "", "");
          camera.answer("404 no querysecret and no Zebra/7&quartz here", "", "");
        },
        camera -> {
          camera.request();
          camera.send("RTSP/1.0 querysecret\r\n\r\n");
          camera.awaitEnd();
        },
        camera ->
            camera.answer(
                "302 Found", "Location: rtsp://watchman:Zebra%2F7&quartz@\u007f/x\r\n", ""),
        camera -> {
          camera.answer("200 OK", "", "");
          camera.answer("200 OK", "", "m=video 0 RTP/AVP 96\r\na=rtpmap:96 Zebra/7&quartz\r\n");
          camera.awaitEnd();
        });
  }

  @Test
  void noFailureTellsThePassword() throws Exception {
    List<ScriptedCamera.Script> scripts = new ArrayList<>(echoes().toList());
    for (Arguments bad : BadCameraTest.badCameras().toList()) {
      scripts.add((ScriptedCamera.Script) bad.get()[1]);
    }
    SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    CollectedStatuses statuses = new CollectedStatuses();
    List<ScriptedCamera> cameras = new ArrayList<>();
    List<String> told = new ArrayList<>();
    try (CapturedLog log = new CapturedLog(Level.DEBUG)) {
      Ingest ingest = new Ingest(Clock.systemUTC(), metrics, statuses, BadCameraTest.IMPATIENT);
      try {
        for (int i = 0; i < scripts.size(); i++) {
          cameras.add(new ScriptedCamera(scripts.get(i)));
          ingest.add(source(i, cameras.get(i).url()));
        }
        // And one that is not there at all.
        ingest.add(source(scripts.size(), "rtsp://127.0.0.1:1/live"));
        for (int i = 0; i <= scripts.size(); i++) {
          CameraId id = new CameraId("camera-" + i);
          if (ingest.status(id).orElseThrow().lastError().isEmpty()) {
            CollectedStatuses all = statuses;
            all.await(one -> ingest.status(id).orElseThrow().lastError().isPresent());
          }
          told.add(ingest.status(id).orElseThrow().toString());
        }
      } finally {
        ingest.close();
        for (ScriptedCamera camera : cameras) {
          camera.close();
        }
      }
      assertThat(log.lines()).hasSizeGreaterThan(2 * scripts.size());
      told.addAll(log.lines());
    }
    metrics.getMeters().stream().map(Meter::getId).map(Object::toString).forEach(told::add);
    assertThat(told).noneMatch(line -> SECRETS.stream().anyMatch(line::contains));
    // It can be found, were it there: the cameras did say it.
    assertThat(told).anyMatch(line -> line.contains("[hidden]"));
  }

  private static CameraSource source(int number, String url) {
    String address =
        url.replace("//", "//watchman:" + PASSWORD + "@") + "?user=watchman&password=querysecret";
    return CameraSource.of(new CameraId("camera-" + number), address);
  }

  @Test
  void aSourceShowsNoPassword() {
    assertThat(source(1, "rtsp://host/x").credentials().orElseThrow().toString())
        .doesNotContain("Zebra", "watchman");
  }
}
