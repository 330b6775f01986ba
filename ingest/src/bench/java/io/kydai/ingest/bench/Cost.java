package io.kydai.ingest.bench;

import io.kydai.ingest.Ingest;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Processor time to pull cameras of 25 pictures per second and 2 Mbit/s, beside a bare Netty client
 * that pulls the same cameras and only counts bytes. The two take turns in one process, each first
 * in every other round; the cameras are in another one. Only the event loops' time counts. A first
 * round is not counted: in it the JVM still compiles what a server runs for months.
 */
final class Cost {
  private static final int CAMERAS = 100;
  private static final int ROUNDS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private record Taken(double cpuSeconds, double megabits, double units) {}

  private Cost() {}

  static void print(int seconds) throws Exception {
    System.out.printf(
        "%n%d cameras, 25 pictures per second, 2 Mbit/s each; %d rounds of %d s after one to warm"
            + " up%n%n",
        CAMERAS, ROUNDS, seconds);
    System.out.println("| | Mbit/s | ms of one core per camera-second | cameras per core |");
    System.out.println("|---|---|---|---|");
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round <= ROUNDS; round++) {
      Taken bare;
      Taken ours;
      try (City city = new City(CAMERAS, 25, 2)) {
        if (round % 2 == 0) {
          bare = bare(city, seconds);
          ours = ours(city, seconds);
        } else {
          ours = ours(city, seconds);
          bare = bare(city, seconds);
        }
      }
      if (round == 0) {
        continue;
      }
      row("bare Netty", bare, seconds);
      row("ingest", ours, seconds);
      // Per bit, so that cameras which were held up by other programs do not flatter either.
      ratios.add(ours.cpuSeconds / ours.megabits / (bare.cpuSeconds / bare.megabits));
    }
    ratios.sort(null);
    System.out.printf(
        "%ningest / bare Netty, per bit: median %.2f of %s%n",
        ratios.get(ROUNDS / 2),
        ratios.stream().map(ratio -> String.format("%.2f", ratio)).toList());
  }

  private static void row(String what, Taken taken, int seconds) {
    double perCamera = taken.cpuSeconds / taken.megabits * 2;
    System.out.printf(
        "| %s | %.0f | %.2f | %.0f |%n",
        what, taken.megabits / seconds, perCamera * 1000, 1 / perCamera);
  }

  private static Taken ours(City city, int seconds) throws InterruptedException {
    AtomicLong bytes = new AtomicLong();
    AtomicLong units = new AtomicLong();
    List<AccessUnitSource.Subscription> subscriptions = new ArrayList<>();
    try (Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {})) {
      for (int i = 0; i < CAMERAS; i++) {
        CameraId id = new CameraId(City.name(i));
        subscriptions.add(
            ingest.subscribe(
                id,
                unit -> {
                  bytes.addAndGet(unit.size());
                  units.incrementAndGet();
                }));
        ingest.add(CameraSource.of(id, city.address(i)));
      }
      return measure("kydai-ingest", bytes, units, seconds);
    }
  }

  private static Taken bare(City city, int seconds) throws InterruptedException {
    try (BareClient client = new BareClient()) {
      for (int i = 0; i < CAMERAS; i++) {
        client.pull(city.port(), city.address(i));
      }
      return measure(BareClient.THREADS, client.bytes(), new AtomicLong(), seconds);
    }
  }

  /** Some seconds to warm up are not counted. */
  private static Taken measure(String threads, AtomicLong bytes, AtomicLong units, int seconds)
      throws InterruptedException {
    TimeUnit.SECONDS.sleep(seconds / 2 + 2);
    long bytesBefore = bytes.get();
    long unitsBefore = units.get();
    long before = cpu(threads);
    TimeUnit.SECONDS.sleep(seconds);
    return new Taken(
        (cpu(threads) - before) / 1e9,
        (bytes.get() - bytesBefore) * 8 / 1e6,
        units.get() - unitsBefore);
  }

  private static long cpu(String threads) {
    return LongStream.of(THREADS.getAllThreadIds())
        .filter(
            id -> {
              var info = THREADS.getThreadInfo(id);
              return info != null && info.getThreadName().startsWith(threads);
            })
        .map(id -> Math.max(0, THREADS.getThreadCpuTime(id)))
        .sum();
  }
}
