package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cameras that are given by name, and a name server that changes its mind. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CameraNameTest {
  private static final CameraId CAMERA = new CameraId("named");
  private static final ScriptedCamera.Script GOOD =
      camera -> {
        camera.play();
        camera.pictures();
      };

  private final CollectedStatuses statuses = new CollectedStatuses();

  @BeforeEach
  void needsTwoLoopbackAddresses() {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.2"))) {
      assumeTrue(other.isBound());
    } catch (IOException e) {
      assumeTrue(false, "needs the loopback address 127.0.0.2, which Linux has");
    }
  }

  private Ingest ingest(NameServer names) {
    return new Ingest(
        Clock.systemUTC(),
        new SimpleMeterRegistry(),
        statuses,
        IngestSettings.DEFAULT,
        new SingletonDnsServerAddressStreamProvider(names.address()));
  }

  @Test
  void aCameraThatGotAnotherAddressIsFoundThereWhenItComesBack() throws Exception {
    try (NameServer names = new NameServer(1);
        Ingest ingest = ingest(names)) {
      names.set("camera.example", 1);
      int port;
      try (ScriptedCamera before = new ScriptedCamera(GOOD)) {
        port = before.port();
        ingest.add(CameraSource.of(CAMERA, "rtsp://camera.example:" + port + "/live"));
        statuses.await(CAMERA, CameraState.LIVE);
      }
      statuses.await(CAMERA, CameraState.BACKING_OFF);
      try (ScriptedCamera after = new ScriptedCamera("127.0.0.2", port, GOOD)) {
        names.set("camera.example", 2);
        statuses.await(CAMERA, CameraState.LIVE);
        assertThat(after.requests()).isNotEmpty();
      }
    }
  }

  @Test
  void aCameraWhoseNameIsUnknownAtFirstIsFoundAsSoonAsItIsKnown() throws Exception {
    try (NameServer names = new NameServer(1);
        ScriptedCamera camera = new ScriptedCamera(GOOD);
        Ingest ingest = ingest(names)) {
      ingest.add(CameraSource.of(CAMERA, camera.url().replace("127.0.0.1", "new.example")));
      CameraStatus lost = statuses.await(CAMERA, CameraState.BACKING_OFF);
      assertThat(lost.lastError().orElseThrow()).contains("no such host name");
      names.set("new.example", 1);
      statuses.await(CAMERA, CameraState.LIVE);
    }
  }

  @Test
  void anAddressIsKeptForItsTimeSoThatNameServersAreNotAskedAtEachAttempt() throws Exception {
    try (NameServer names = new NameServer(3600);
        ScriptedCamera camera =
            new ScriptedCamera(one -> one.answer("503 Service Unavailable", "", ""));
        Ingest ingest = ingest(names)) {
      names.set("busy.example", 1);
      ingest.add(CameraSource.of(CAMERA, camera.url().replace("127.0.0.1", "busy.example")));
      for (int attempt = 0; attempt < 4; attempt++) {
        statuses.await(CAMERA, CameraState.CONNECTING);
        statuses.await(CAMERA, CameraState.BACKING_OFF);
      }
      assertThat(names.queries()).isEqualTo(1);
    }
  }
}
