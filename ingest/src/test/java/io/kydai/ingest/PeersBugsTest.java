package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users of other camera servers reported most often must not happen here. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PeersBugsTest {
  private static final Clip CLIP = Clip.of(HandMadeClip.ofGroup(4000, 24, 400));
  private static final CameraId CAMERA = new CameraId("camera");

  private final CollectedStatuses statuses = new CollectedStatuses();
  private final Ingest ingest =
      new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), statuses, BadCameraTest.IMPATIENT);

  @AfterEach
  void close() {
    ingest.close();
  }

  /** Frigate 3122 and 8624, Viseron 1164. */
  @Test
  void noRecoveryAfterACameraRestart() throws Exception {
    SimulatedCamera camera = new SimulatedCamera("camera", CLIP, 25).withOwnPort();
    try (CameraSimulator simulator = CameraSimulator.builder().camera(camera).start()) {
      ingest.add(CameraSource.of(CAMERA, simulator.address("camera")));
      for (Fault restart :
          List.of(
              Fault.vanish(0, Duration.ofSeconds(1)),
              Fault.reboot(0, Duration.ofSeconds(1)),
              Fault.CLOSE_IN_FRAME)) {
        statuses.await(CAMERA, CameraState.LIVE);
        simulator.misbehave("camera", restart);
        statuses.await(CAMERA, CameraState.BACKING_OFF);
      }
      simulator.behave("camera");
      statuses.await(CAMERA, CameraState.LIVE);
    }
  }

  /** MediaMTX 1760. */
  @Test
  void aFewDeadCamerasStallForty() throws Exception {
    CameraSimulator.Builder builder = CameraSimulator.builder();
    for (int i = 0; i < 40; i++) {
      builder.camera(new SimulatedCamera("good-" + i, CLIP, 5));
    }
    int refusing;
    try (ServerSocket free = new ServerSocket(0)) {
      refusing = free.getLocalPort();
    }
    // Its backlog of one is soon full: further connections get no answer at all, nor do the first.
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        CameraSimulator simulator = builder.start()) {
      for (int i = 0; i < 8; i++) {
        int port = i % 2 == 0 ? refusing : silent.getLocalPort();
        ingest.add(
            CameraSource.of(new CameraId("dead-" + i), "rtsp://127.0.0.1:" + port + "/" + i));
      }
      CountDownLatch live = new CountDownLatch(40);
      for (int i = 0; i < 40; i++) {
        CameraId id = new CameraId("good-" + i);
        AtomicInteger units = new AtomicInteger();
        ingest.subscribe(
            id,
            unit -> {
              if (units.incrementAndGet() == 3) {
                live.countDown();
              }
            });
        ingest.add(CameraSource.of(id, simulator.address("good-" + i)));
      }
      assertThat(live.await(60, TimeUnit.SECONDS)).isTrue();
      for (int i = 0; i < 8; i++) {
        assertThat(ingest.status(new CameraId("dead-" + i)).orElseThrow().state())
            .isNotEqualTo(CameraState.LIVE);
      }
    }
  }

  /** ZoneMinder 3772, Viseron 1418. */
  @Test
  void anUnreachableCameraEatsTheMemory() throws Exception {
    IngestSettings restless =
        new IngestSettings(
            Duration.ofSeconds(2),
            BadCameraTest.IMPATIENT.rtsp(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofSeconds(2));
    CountDownLatch some = new CountDownLatch(300);
    CountDownLatch many = new CountDownLatch(2000);
    try (ScriptedCamera hangsUp = new ScriptedCamera(camera -> {});
        Ingest busy =
            new Ingest(
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                status -> {
                  some.countDown();
                  many.countDown();
                },
                restless)) {
      for (int i = 0; i < 20; i++) {
        busy.add(CameraSource.of(new CameraId("camera-" + i), hangsUp.url()));
      }
      assertThat(some.await(60, TimeUnit.SECONDS)).isTrue();
      long before = HeldMemory.now();
      assertThat(many.await(60, TimeUnit.SECONDS)).isTrue();
      HeldMemory.assertGrownByAtMost(8L << 20, before);
    }
  }

  /** Frigate 23409: here a picture that never ends, and reports that nobody asked for. */
  @Test
  void unboundedBuffers() throws Exception {
    try (ScriptedCamera endless =
        new ScriptedCamera(
            camera -> {
              camera.play();
              for (int i = 0; i < 300; i++) {
                camera.fragment(60_000);
              }
              camera.awaitEnd();
            })) {
      ingest.add(CameraSource.of(CAMERA, endless.url()));
      long before = 0;
      for (int attempt = 0; attempt < 8; attempt++) {
        CameraStatus status = statuses.await(CAMERA, CameraState.BACKING_OFF);
        assertThat(status.lastError().orElseThrow()).contains("more than 8388608 bytes");
        if (attempt == 1) {
          before = HeldMemory.now();
        }
      }
      ingest.remove(CAMERA);
      // Six pictures that stay would be 48 MiB.
      HeldMemory.assertGrownByAtMost(24L << 20, before);
    }
  }

  /** MediaMTX 2541. */
  @Test
  void oneBadFrameEndsTheRecording() throws Exception {
    CollectedUnits units = new CollectedUnits();
    ingest.subscribe(CAMERA, units);
    String reservedType = "$\0\0\20\200\340\0\0\0\0\0\0\0\0\0\7\37bad";
    try (ScriptedCamera oneBadFrame =
        new ScriptedCamera(
            camera -> {
              camera.play();
              for (int i = 0; i < 15; i++) {
                camera.picture(i);
              }
              camera.send(reservedType);
              camera.send("$\0\0\3bad");
              camera.send("$\1\0\3bad");
              for (int i = 15; i < 45; i++) {
                camera.picture(i);
              }
              camera.awaitEnd();
            })) {
      ingest.add(CameraSource.of(CAMERA, oneBadFrame.url()));
      List<AccessUnit> all = new ArrayList<>(units.take(15));
      while (all.get(all.size() - 1).mediaTime() < 40 * 3600) {
        all.addAll(units.take(1));
      }
      assertThat(ingest.status(CAMERA).orElseThrow().reconnects()).isZero();
    }
  }
}
