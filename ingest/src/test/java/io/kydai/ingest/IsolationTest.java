package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSubscriber;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Of many cameras three in ten misbehave, in every way at once: the others lose nothing. Short
 * here; {@code scripts/soak} runs it with 200 cameras for ten minutes.
 */
class IsolationTest {
  private static final int CAMERAS = Integer.getInteger("kydai.soak.cameras", 50);
  private static final int SECONDS = Integer.getInteger("kydai.soak.seconds", 8);

  /** Each is one camera's, in turn. What is done once in a stream comes back with each session. */
  private static final List<String> FAULTS =
      List.of(
          "drop:p=0.05,seed=1",
          "drop:every=3+reorder:p=0.1,seed=2",
          "delay:p=0.1,seed=3,by=300ms",
          "reorder:p=0.2,seed=4+duplicate:p=0.2,seed=5",
          "truncate:p=0.1,seed=6",
          "corrupt:p=0.2,seed=7",
          "junk:p=0.1,seed=8",
          "stall:after=20,for=4s",
          "stall",
          "garbage:after=10",
          "garbage",
          "close:after=5",
          "cut:after=7",
          "cut",
          "reboot:after=20,for=1s",
          "reboot",
          "vanish:for=3s",
          "vanish:after=20,for=1s",
          "rtp-jump:after=10,by=-1h",
          "clock-jump:after=10,by=36500d+rtp-jump:after=15,by=13h",
          "teardown:after=9",
          "announce:after=5",
          "redirect:after=10,to=rtsp://127.0.0.1:9/elsewhere",
          "status:code=404,on=DESCRIBE",
          "status:code=500,on=SETUP",
          "status:code=454,on=PLAY",
          "mute:on=OPTIONS",
          "mute:on=PLAY",
          "babble:on=DESCRIBE",
          "hang-up:on=SETUP",
          "wrong-password",
          "wrong-cseq",
          "no-timeout+no-content-base+corrupt:p=0.05,seed=9",
          "junk:every=2+truncate:every=3+drop:every=5+close:after=30");

  private static final IngestSettings SETTINGS =
      new IngestSettings(
          Duration.ofSeconds(3),
          new RtspSettings(Duration.ofSeconds(3), Duration.ofMillis(500)),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMillis(200),
          Duration.ofSeconds(2),
          Duration.ofSeconds(2));

  /** Counts what comes of one good camera and whether anything is wrong with it. */
  private static final class Watched implements AccessUnitSubscriber {
    private final AtomicLong units = new AtomicLong();
    private final AtomicLong odd = new AtomicLong();
    private final CountDownLatch begun = new CountDownLatch(1);

    @Override
    public void onAccessUnit(AccessUnit unit) {
      long before = units.getAndIncrement();
      if (unit.sequence() != before || unit.discontinuity() != (before == 0) || unit.damaged()) {
        odd.incrementAndGet();
      }
      begun.countDown();
    }
  }

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Map<String, Watched> good = new LinkedHashMap<>();

  @Test
  @Timeout(value = 20, unit = TimeUnit.MINUTES)
  void sevenInTenCamerasLoseNothingWhileTheOtherThreeMisbehaveInEveryWay() throws Exception {
    Clip clip = Clip.of(HandMadeClip.ofGroup(20_000, 24, 2000));
    CameraSimulator.Builder builder = CameraSimulator.builder();
    List<String> bad = new ArrayList<>();
    for (int i = 0; i < CAMERAS; i++) {
      String name = "camera-" + i;
      SimulatedCamera camera = new SimulatedCamera(name, clip, 25);
      if (i % 10 < 3) {
        bad.add(name);
        builder.camera(camera.withOwnPort());
      } else {
        good.put(name, new Watched());
        builder.camera(camera);
      }
    }
    try (CameraSimulator simulator = builder.start();
        Ingest ingest = new Ingest(Clock.systemUTC(), metrics, status -> {}, SETTINGS)) {
      for (int i = 0; i < bad.size(); i++) {
        simulator.misbehave(bad.get(i), Fault.parse(FAULTS.get(i % FAULTS.size())));
        ingest.add(source(simulator, bad.get(i)));
      }
      good.forEach((name, watched) -> ingest.subscribe(new CameraId(name), watched));
      good.keySet().forEach(name -> ingest.add(source(simulator, name)));
      for (Watched watched : good.values()) {
        assertThat(watched.begun.await(60, TimeUnit.SECONDS)).isTrue();
      }
      long threads = threads();
      long memory = HeldMemory.now();

      run(simulator, bad);

      assertThat(threads()).isEqualTo(threads);
      HeldMemory.assertGrownByAtMost(64L << 20, memory);
      good.keySet().forEach(name -> simulator.misbehave(name, Fault.SILENT));
      good.forEach((name, watched) -> check(ingest, simulator, name, watched));
    }
  }

  private static CameraSource source(CameraSimulator simulator, String name) {
    return CameraSource.of(new CameraId(name), simulator.address(name));
  }

  /** Faults wander from camera to camera, so that each meets many, and each recovery. */
  private void run(CameraSimulator simulator, List<String> bad) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    for (int second = 0; second < SECONDS; second++) {
      assertThat(never.await(1, TimeUnit.SECONDS)).isFalse();
      for (int i = second % 4; i < bad.size(); i += 4) {
        simulator.misbehave(bad.get(i), Fault.parse(FAULTS.get((i + second) % FAULTS.size())));
      }
    }
  }

  private void check(Ingest ingest, CameraSimulator simulator, String name, Watched watched) {
    CameraStatus status = ingest.status(new CameraId(name)).orElseThrow();
    assertThat(status.reconnects()).as(name).isZero();
    assertThat(status.lastError()).as(name).isEmpty();
    assertThat(watched.odd).as("%s: out of order, damaged or torn", name).hasValue(0);
    assertThat(metrics.get("kydai.ingest.lost.packets").tag("camera", name).counter().count())
        .as(name)
        .isZero();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (watched.units.get() < simulator.counts(name).units() && System.nanoTime() < deadline) {
      Thread.onSpinWait(); // What is still in the socket.
    }
    assertThat(watched.units).as(name).hasValue(simulator.counts(name).units());
    assertThat(watched.units.get()).as(name).isGreaterThan(SECONDS);
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(kydai|camera-simulator).*"))
        .count();
  }
}
