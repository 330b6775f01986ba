package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraFault;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The kind of a camera's failure, and the end of the wait for its next attempt. */
@Timeout(60)
class CameraFaultTest {
  private static final CameraId ID = new CameraId("gate");

  private final BlockingQueue<CameraStatus> statuses = new LinkedBlockingQueue<>();
  private final Ingest ingest =
      new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), statuses::add);

  @AfterEach
  void stop() {
    ingest.close();
  }

  private static CameraSimulator simulator() throws Exception {
    return CameraSimulator.builder()
        .camera(
            new SimulatedCamera("gate", Clip.of(HandMadeClip.ofGroup(3_000, 10, 500)), 25)
                .withLogin(new SimulatedCamera.Login("admin", "right", true)))
        .start();
  }

  private CameraStatus await(Predicate<CameraStatus> wanted) throws InterruptedException {
    CameraStatus status;
    do {
      status = statuses.poll(30, TimeUnit.SECONDS);
      assertThat(status).isNotNull();
    } while (!wanted.test(status));
    return status;
  }

  private CameraStatus failure(String url) throws InterruptedException {
    ingest.add(CameraSource.of(ID, url));
    return await(status -> status.state() == CameraState.BACKING_OFF);
  }

  private static String url(CameraSimulator simulator, String password, String path) {
    return "rtsp://admin:" + password + "@127.0.0.1:" + simulator.port() + "/" + path;
  }

  @Test
  void aWrongPasswordIsNamedAndTheNextAttemptIsInTheFarAndCanBeMadeNow() throws Exception {
    try (CameraSimulator simulator = simulator()) {
      CameraStatus refused = failure(url(simulator, "wrong", "gate"));

      assertThat(refused.fault()).isEqualTo(CameraFault.LOGIN_REFUSED);
      assertThat(Duration.between(refused.since(), refused.nextAttempt()))
          .isGreaterThanOrEqualTo(Duration.ofSeconds(59));

      assertThat(ingest.retry(ID)).isTrue();
      CameraStatus again = await(status -> status.state() == CameraState.CONNECTING);
      assertThat(again.reconnects()).isEqualTo(1);
      assertThat(again.nextAttempt()).isNull();
    }
  }

  @Test
  void aPathThatTheCameraDoesNotHaveIsNamed() throws Exception {
    try (CameraSimulator simulator = simulator()) {
      assertThat(failure(url(simulator, "right", "nothing")).fault())
          .isEqualTo(CameraFault.STREAM_NOT_FOUND);
    }
  }

  @Test
  void aPortWhereNothingListensIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(failure("rtsp://127.0.0.1:" + port + "/x").fault())
        .isEqualTo(CameraFault.CONNECTION_REFUSED);
  }

  @Test
  void aNameThatDoesNotResolveIsNamed() throws Exception {
    assertThat(failure("rtsp://no-such-camera.invalid/x").fault())
        .isIn(CameraFault.HOST_UNKNOWN, CameraFault.UNREACHABLE);
  }
}
