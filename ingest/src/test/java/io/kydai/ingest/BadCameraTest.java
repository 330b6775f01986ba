package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.status.CollectedStatuses;
import io.kydai.ingest.tls.TlsTrust;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad cameras get a clear sentence, and a good one beside them goes on undisturbed. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public class BadCameraTest {
  private static final CameraId GOOD = new CameraId("good");
  private static final CameraId BAD = new CameraId("bad");
  public static final IngestSettings IMPATIENT =
      new IngestSettings(
          Duration.ofSeconds(2),
          new RtspSettings(Duration.ofMillis(1500), Duration.ofMillis(500)),
          Duration.ofMillis(1500),
          Duration.ofMillis(1500),
          Duration.ofSeconds(30),
          Duration.ofMillis(200),
          Duration.ofSeconds(1),
          Duration.ofMillis(500));

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final CollectedStatuses statuses = new CollectedStatuses();
  private final Ingest ingest = new Ingest(Clock.systemUTC(), metrics, statuses, IMPATIENT);

  @AfterEach
  void close() {
    ingest.close();
  }

  private static Arguments bad(String name, ScriptedCamera.Script script, String... expected) {
    return Arguments.of(name, script, expected);
  }

  public static Stream<Arguments> badCameras() {
    String vp8 = "m=video 0 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\nm=audio 0 RTP/AVP 8\r\n";
    String digest = "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n";
    return Stream.of(
        bad(
            "wrong password",
            camera -> {
              camera.answer("401 Unauthorized", digest, "");
              camera.answer("401 Unauthorized", digest, "");
            },
            "does not accept the user or the password (401 Unauthorized)"),
        bad(
            "VP8 only",
            camera -> {
              camera.answer("200 OK", "", "");
              camera.answer("200 OK", "", vp8);
              camera.awaitEnd();
            },
            "offers no H.264, H.265 or JPEG video, but video VP8, audio PCMA"),
        bad(
            "sound only",
            camera -> {
              camera.answer("200 OK", "", "");
              camera.answer("200 OK", "", "m=audio 0 RTP/AVP 0\r\n");
              camera.awaitEnd();
            },
            "offers no H.264, H.265 or JPEG video, but audio PCMU"),
        bad(
            "another protocol",
            camera -> {
              camera.request();
              camera.send("HTTP/1.1 400 Bad Request\r\n\r\n");
              camera.awaitEnd();
            },
            "a message or a '$' frame was expected"),
        bad(
            "garbage without end",
            camera -> {
              camera.play();
              camera.picture(0);
              camera.send("\u00ff\u00fe".repeat(100_000));
              camera.awaitEnd();
            },
            "something else than RTSP",
            "no message and no frame in "),
        bad(
            "closes in the middle of a frame",
            camera -> {
              camera.play();
              camera.send("$\0\0\100abc");
            },
            "closed the connection in the middle of a frame (3 of 64 bytes came)"),
        bad("closes at once", camera -> {}, "the connection"),
        bad(
            "never answers",
            camera -> {
              camera.request();
              camera.request();
            },
            "did not answer OPTIONS within 1.5 s"),
        bad(
            "plays nothing",
            camera -> {
              camera.play();
              camera.awaitEnd();
            },
            "agreed to play and sent nothing for 3.0 s"),
        bad(
            "no key frame",
            camera -> {
              camera.play();
              camera.picture(1);
              camera.awaitEnd();
            },
            "no key frame with its parameter sets"),
        bad(
            "falls silent",
            camera -> {
              camera.play();
              camera.picture(0);
              camera.awaitEnd();
            },
            "stopped sending: no access unit came for 3.0 s"),
        bad(
            "sends reports and sound, but no pictures any more",
            camera -> {
              camera.play();
              camera.picture(0);
              camera.repeat("$\1\0\10\200\311\0\1\0\0\0\7" + "$\0\0\16\200\10\0\1ABCDEFGHxy");
            },
            "stopped sending: no access unit came for 3.0 s"),
        bad(
            "an endless header",
            camera -> {
              camera.request();
              camera.send("RTSP/1.0 200 OK\r\nX: " + "x".repeat(20_000));
              camera.awaitEnd();
            },
            "a header line of more than 8192 bytes"),
        bad(
            "a huge body",
            camera -> {
              camera.request();
              camera.send("RTSP/1.0 200 OK\r\nContent-Length: 99999999\r\n\r\n");
              camera.awaitEnd();
            },
            "announces a body of 99999999 bytes"),
        bad(
            "an endless picture",
            camera -> {
              camera.play();
              for (int i = 0; i < 200; i++) {
                camera.fragment(60_000);
              }
              camera.awaitEnd();
            },
            "an access unit of more than 8388608 bytes"),
        bad(
            "redirects in circles",
            camera -> {
              String request = camera.request();
              String address = request.split(" ")[1];
              camera.answerTo(request, "302 Found", "Location: " + address + "\r\n", "");
            },
            "redirects more than 5 times"),
        bad(
            "redirects to no port",
            camera -> camera.answer("302 Found", "Location: rtsp://127.0.0.1:99999/x\r\n", ""),
            "redirects to port 99999"));
  }

  @Test
  void whereNoConnectionCanEvenBeTriedTheCameraSaysSoAndCanBeRemoved() throws Exception {
    URI nowhere = URI.create("rtsp://127.0.0.1:99999/x");
    ingest.add(new CameraSource(BAD, nowhere, null, Transport.AUTO, TlsTrust.PLATFORM));
    assertThat(statuses.await(BAD, CameraState.BACKING_OFF).lastError().orElseThrow())
        .contains("cannot be connected to");
    statuses.await(BAD, CameraState.CONNECTING);
    ingest.remove(BAD);
    ingest.add(CameraSource.of(BAD, "rtsp://127.0.0.1:1/x"));
    statuses.await(BAD, CameraState.BACKING_OFF);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badCameras")
  void aBadCameraIsNamedAndTheGoodOneGoesOn(
      String name, ScriptedCamera.Script script, String[] expected) throws Exception {
    CollectedUnits units = new CollectedUnits();
    try (ScriptedCamera good =
            new ScriptedCamera(
                camera -> {
                  camera.play();
                  camera.pictures();
                });
        ScriptedCamera bad = new ScriptedCamera(script)) {
      ingest.subscribe(GOOD, units);
      ingest.add(CameraSource.of(GOOD, good.url()));
      long before = units.take(1).get(0).sequence();
      ingest.add(CameraSource.of(BAD, bad.url().replace("//", "//someone:pass:word@")));

      CameraStatus status = statuses.await(BAD, CameraState.BACKING_OFF);
      assertThat(status.lastError().orElseThrow())
          .startsWith("the camera")
          .contains(expected)
          .doesNotContain("someone", "pass:word");
      statuses.await(BAD, CameraState.CONNECTING);

      for (AccessUnit unit : units.take(10)) {
        assertThat(unit.sequence()).isEqualTo(++before);
        assertThat(unit.discontinuity()).isFalse();
      }
      assertThat(ingest.status(GOOD).orElseThrow().reconnects()).isZero();
      assertThat(ingest.status(GOOD).orElseThrow().lastError()).isEmpty();
    }
  }

  @Test
  void aCameraThatRefusesAndOneThatDoesNotExistAreNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    ingest.add(CameraSource.of(BAD, "rtsp://127.0.0.1:" + port + "/live?password=hidden"));
    assertThat(statuses.await(BAD, CameraState.BACKING_OFF).lastError())
        .hasValue("the camera at 127.0.0.1:" + port + " refused the connection");
    CameraId nowhere = new CameraId("nowhere");
    ingest.add(CameraSource.of(nowhere, "rtsp://no-such-camera.invalid/live"));
    assertThat(statuses.await(nowhere, CameraState.BACKING_OFF).lastError())
        .hasValue("the camera at no-such-camera.invalid cannot be found: no such host name");
  }

  @Test
  void aRedirectIsFollowedButThePasswordStaysAtItsHost() throws Exception {
    String basic = "WWW-Authenticate: Basic realm=\"r\"\r\n";
    try (ScriptedCamera other =
            new ScriptedCamera(camera -> camera.answer("401 Unauthorized", basic, ""));
        ScriptedCamera first =
            new ScriptedCamera(
                camera -> {
                  String target = other.url().replace("127.0.0.1", "localhost");
                  camera.answer("301 Moved", "Location: " + target + "\r\n", "");
                })) {
      ingest.add(CameraSource.of(BAD, first.url().replace("//", "//someone:pass@")));
      assertThat(statuses.await(BAD, CameraState.BACKING_OFF).lastError().orElseThrow())
          .startsWith("the camera, redirected to localhost:")
          .contains("asks for a user and a password");
      assertThat(other.requests()).hasSizeGreaterThanOrEqualTo(1);
      assertThat(other.requests()).noneMatch(request -> request.contains("Authorization"));
    }
  }

  @Test
  void removingForgetsTheCameraAndItsMetricsAndFreesItsName() throws Exception {
    try (ScriptedCamera camera =
        new ScriptedCamera(
            conversation -> {
              conversation.play();
              conversation.picture(0);
              conversation.awaitEnd();
            })) {
      CollectedUnits units = new CollectedUnits();
      ingest.subscribe(
          GOOD,
          unit -> {
            throw new IllegalStateException("a subscriber's own fault");
          });
      ingest.subscribe(GOOD, units);
      for (int round = 0; round < 2; round++) {
        ingest.add(CameraSource.of(GOOD, camera.url()));
        AccessUnit unit = units.take(1).get(0);
        assertThat(unit.sequence()).isZero();
        assertThat(unit.parameters()).hasToString("H264 1920x1080");
        assertThat(
                metrics.get("kydai.ingest.bytes").tag("camera", "good").functionCounter().count())
            .isEqualTo(unit.size());
        assertThat(metrics.get("kydai.ingest.state").tag("state", "live").gauge().value()).isOne();
        ingest.remove(GOOD);
        assertThat(ingest.status(GOOD)).isEmpty();
        assertThat(metrics.getMeters()).isEmpty();
        statuses.await(GOOD, CameraState.STOPPED);
      }
      ingest.remove(GOOD);
    }
  }

  @Test
  void closingSaysTeardownAndEndsEveryThread() throws Exception {
    CountDownLatch tornDown = new CountDownLatch(1);
    try (ScriptedCamera camera =
        new ScriptedCamera(
            conversation -> {
              conversation.play();
              conversation.picture(0);
              conversation.awaitEnd();
              tornDown.countDown();
            })) {
      CollectedUnits units = new CollectedUnits();
      AccessUnitSource.Subscription subscription = ingest.subscribe(GOOD, units);
      ingest.add(CameraSource.of(GOOD, camera.url()));
      units.take(1);
      subscription.close();
      ingest.close();
      assertThat(tornDown.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(camera.requests()).last().asString().startsWith("TEARDOWN");
      List<Thread> left =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("kydai-ingest"))
              .toList();
      for (Thread thread : left) {
        thread.join(30_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
      assertThat(ingest.status(GOOD)).isEmpty();
    }
  }

  @Test
  void ingestRespondsUnlessAnEventLoopIsBlockedOrGone() throws Exception {
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch free = new CountDownLatch(1);
    assertThat(ingest.responds(Duration.ofSeconds(10))).isTrue();
    try (ScriptedCamera camera =
        new ScriptedCamera(
            conversation -> {
              conversation.play();
              conversation.picture(0);
              conversation.awaitEnd();
            })) {
      ingest.subscribe(
          GOOD,
          unit -> {
            blocked.countDown();
            try {
              free.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
      ingest.add(CameraSource.of(GOOD, camera.url()));
      assertThat(blocked.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(ingest.responds(Duration.ofMillis(50))).isFalse();
      free.countDown();
      assertThat(ingest.responds(Duration.ofSeconds(10))).isTrue();
      ingest.close();
      assertThat(ingest.responds(Duration.ofSeconds(10))).isFalse();
    }
  }

  @Test
  void theSameCameraCannotBeAddedTwice() {
    CameraSource source = CameraSource.of(GOOD, "rtsp://127.0.0.1:9/");
    ingest.add(source);
    assertThatThrownBy(() -> ingest.add(source))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("good");
  }
}
