package io.kydai.ingest.bench;

import io.kydai.ingest.Ingest;
import io.kydai.ingest.simulator.CameraSimulator;
import io.kydai.ingest.simulator.HandMadeClip;
import io.kydai.ingest.simulator.SimulatedCamera;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * From the moment a rebooted camera takes connections to its first picture: cameras on their own,
 * each away for a time of its own, and a recorder whose channels all go and come back together.
 */
final class Reboots {
  private static final int SINGLE = 100;
  private static final int SINGLE_ROUNDS = 3;
  private static final int CHANNELS = 50;
  private static final int RECORDER_ROUNDS = 4;
  private static final int LONGEST_AWAY_MILLIS = 20_000;

  /** Live for so long a camera is steady, and its back-off begins anew. */
  private static final int STEADY_MILLIS = 11_000;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(45);
  private static final Clip CLIP = Clip.of(HandMadeClip.ofGroup(8000, 24, 2000));

  /** When a camera takes connections again, until its next picture. */
  private final Map<String, Long> back = new ConcurrentHashMap<>();

  /** A permit for each camera that is back. */
  private final Semaphore seen = new Semaphore(0);

  private final List<Double> seconds = Collections.synchronizedList(new ArrayList<>());
  private final Random random = new Random(1);
  private int missing;

  private Reboots() {}

  static void print() throws Exception {
    System.out.printf(
        "%n| away for 1 to 20 s | reboots | p50, s | p95, s | p99, s | longest, s | not back |%n");
    System.out.println("|---|---|---|---|---|---|---|");
    Reboots single = new Reboots();
    single.single();
    single.row("cameras on their own");
    Reboots recorder = new Reboots();
    recorder.recorder();
    recorder.row("a recorder of " + CHANNELS + " channels");
    single.seconds.addAll(recorder.seconds);
    single.missing += recorder.missing;
    single.row("all");
  }

  private void row(String what) {
    List<Double> sorted = new ArrayList<>(seconds);
    sorted.sort(null);
    System.out.printf(
        "| %s | %d | %.2f | %.2f | %.2f | %.2f | %d |%n",
        what,
        sorted.size() + missing,
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 95 / 100),
        sorted.get(sorted.size() * 99 / 100),
        sorted.get(sorted.size() - 1),
        missing);
  }

  private Ingest pull(Map<String, String> addresses) {
    Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {});
    addresses.forEach(
        (name, address) -> {
          CameraId id = new CameraId(name);
          ingest.subscribe(id, unit -> picture(name));
          ingest.add(CameraSource.of(id, address));
        });
    return ingest;
  }

  private void picture(String name) {
    Long since = back.get(name);
    long now = System.nanoTime();
    if (since != null && now - since > 0 && back.remove(name, since)) {
      seconds.add((now - since) / 1e9);
      seen.release();
    }
  }

  private void single() throws InterruptedException {
    CameraSimulator.Builder builder = CameraSimulator.builder();
    for (int i = 0; i < SINGLE; i++) {
      builder.camera(new SimulatedCamera("single-" + i, CLIP, 25).withOwnPort());
    }
    Map<String, String> addresses = new ConcurrentHashMap<>();
    try (CameraSimulator simulator = builder.start()) {
      for (int i = 0; i < SINGLE; i++) {
        addresses.put("single-" + i, simulator.address("single-" + i));
      }
      Ingest ingest = pull(addresses);
      try {
        TimeUnit.MILLISECONDS.sleep(STEADY_MILLIS);
        for (int round = 0; round < SINGLE_ROUNDS; round++) {
          for (String name : addresses.keySet()) {
            Duration away = Duration.ofMillis(random.nextInt(1000, LONGEST_AWAY_MILLIS));
            back.put(name, System.nanoTime() + away.toNanos());
            simulator.misbehave(name, Fault.vanish(0, away));
          }
          await(SINGLE, TimeUnit.MILLISECONDS.toNanos(LONGEST_AWAY_MILLIS) + PATIENCE);
        }
      } finally {
        ingest.close();
      }
    }
  }

  private CameraSimulator recorder(int port) {
    CameraSimulator.Builder builder = CameraSimulator.builder().port(port);
    for (int i = 0; i < CHANNELS; i++) {
      builder.camera(new SimulatedCamera("channel-" + i, CLIP, 25));
    }
    return builder.start();
  }

  private void recorder() throws InterruptedException {
    Map<String, String> addresses = new ConcurrentHashMap<>();
    CameraSimulator simulator = recorder(0);
    int port = simulator.port();
    for (int i = 0; i < CHANNELS; i++) {
      addresses.put("channel-" + i, simulator.address("channel-" + i));
    }
    Ingest ingest = pull(addresses);
    try {
      TimeUnit.MILLISECONDS.sleep(STEADY_MILLIS);
      for (int round = 0; round < RECORDER_ROUNDS; round++) {
        simulator.close();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1000, LONGEST_AWAY_MILLIS));
        long now = System.nanoTime();
        addresses.keySet().forEach(name -> back.put(name, now));
        simulator = recorder(port);
        await(CHANNELS, PATIENCE);
      }
    } finally {
      ingest.close();
      simulator.close();
    }
  }

  /** Until so many cameras, which were all away, have sent a picture. */
  private void await(int cameras, long patience) throws InterruptedException {
    seen.tryAcquire(cameras, patience, TimeUnit.NANOSECONDS);
    missing += back.size();
    back.clear();
    seen.drainPermits();
    TimeUnit.MILLISECONDS.sleep(STEADY_MILLIS);
  }
}
