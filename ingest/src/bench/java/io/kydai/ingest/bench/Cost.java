package io.kydai.ingest.bench;

import io.kydai.ingest.Ingest;
import io.kydai.ingest.concurrent.WakeUpCoalescing;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.DefaultSelectStrategyFactory;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * Measures the processor time to pull cameras of 25 pictures per second and 2 Mbit/s, beside that
 * of two {@link BareClient}s which pull the same cameras: one as Netty is, and one whose event
 * loops wake up for their sockets as ingest's do ({@link WakeUpCoalescing}). All run at the same
 * time in this process, each on as many event loops of its own, so that whatever disturbs the one
 * disturbs the others; the simulated cameras run in another process.
 *
 * <p>Time is cut into slices of one second, which is one group of pictures of each camera. A
 * slice's figure is the processor time of the event loops' threads in it; the result is the median
 * of the slices' ratios. The slices before, in which the JVM still compiles what a server runs for
 * months, are not counted. The JVM's compiler and collector run on other threads and are not in the
 * figures.
 */
final class Cost {
  private static final int CAMERAS = 100;
  private static final int PICTURES_PER_SECOND = 25;
  private static final int WARM_UP_SECONDS = 30;

  /** The part of the cameras' pictures that must arrive for a run to count. */
  private static final double COMPLETE = 0.98;

  private static final String BARE = "bare-client";
  private static final String COALESCED = "coalesced-client";

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /**
   * What both clients have used and received up to a moment.
   *
   * @param bareNanos processor time of the bare client's threads
   * @param coalescedNanos processor time of the threads of the bare client whose event loops wake
   *     up as ingest's do
   * @param ingestNanos processor time of ingest's threads
   * @param bareBytes bytes that the bare client read, with the headers of packets and frames
   * @param ingestBytes bytes of the access units that ingest delivered
   */
  private record Totals(
      long atNanos,
      long bareNanos,
      long coalescedNanos,
      long ingestNanos,
      long bareBytes,
      long ingestBytes,
      long accessUnits) {}

  /** One slice: what was used and received per second. */
  private record Slice(
      double bareMillis,
      double coalescedMillis,
      double ingestMillis,
      double bareMegabits,
      double ingestMegabits,
      double accessUnits) {
    static Slice between(Totals from, Totals to) {
      double seconds = (to.atNanos - from.atNanos) / 1e9;
      return new Slice(
          (to.bareNanos - from.bareNanos) / 1e6 / seconds,
          (to.coalescedNanos - from.coalescedNanos) / 1e6 / seconds,
          (to.ingestNanos - from.ingestNanos) / 1e6 / seconds,
          (to.bareBytes - from.bareBytes) * 8 / 1e6 / seconds,
          (to.ingestBytes - from.ingestBytes) * 8 / 1e6 / seconds,
          (to.accessUnits - from.accessUnits) / seconds);
    }
  }

  private Cost() {}

  static void print(int seconds) throws Exception {
    AtomicLong bytes = new AtomicLong();
    AtomicLong units = new AtomicLong();
    List<Slice> slices = new ArrayList<>();
    try (City city = new City(CAMERAS, PICTURES_PER_SECOND, 2);
        BareClient bare = new BareClient(BARE, DefaultSelectStrategyFactory.INSTANCE);
        BareClient coalesced =
            new BareClient(COALESCED, () -> new WakeUpCoalescing(Ingest.WAKE_UP_INTERVAL));
        Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), status -> {})) {
      for (int i = 0; i < CAMERAS; i++) {
        CameraId id = new CameraId(City.name(i));
        ingest.subscribe(
            id,
            unit -> {
              bytes.addAndGet(unit.size());
              units.incrementAndGet();
            });
        ingest.add(CameraSource.of(id, city.address(i)));
        bare.pull(city.port(), city.address(i));
        coalesced.pull(city.port(), city.address(i));
      }
      TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
      long[] bareThreads = threads(BARE);
      long[] coalescedThreads = threads(COALESCED);
      long[] ingestThreads = threads("kydai-ingest");
      Totals before = null;
      for (int slice = 0; slice <= seconds; slice++) {
        Totals now =
            new Totals(
                System.nanoTime(),
                cpu(bareThreads),
                cpu(coalescedThreads),
                cpu(ingestThreads),
                bare.bytes().get(),
                bytes.get(),
                units.get());
        if (before != null) {
          slices.add(Slice.between(before, now));
        }
        before = now;
        TimeUnit.SECONDS.sleep(1);
      }
    }
    print(slices);
  }

  private static void print(List<Slice> slices) {
    System.out.printf(
        "%n%d cameras, %d pictures per second, 2 Mbit/s each; %d slices of 1 s after %d s to warm"
            + " up; median (10%% to 90%% of the slices)%n%n",
        CAMERAS, PICTURES_PER_SECOND, slices.size(), WARM_UP_SECONDS);
    System.out.println("| | Mbit/s | ms of one core per camera-second | cameras per core |");
    System.out.println("|---|---|---|---|");
    row("bare Netty", slices, Slice::bareMegabits, Slice::bareMillis);
    row("bare Netty, ingest's wake-ups", slices, Slice::bareMegabits, Slice::coalescedMillis);
    row("ingest", slices, Slice::ingestMegabits, Slice::ingestMillis);
    System.out.printf(
        "%ningest / bare Netty: %s%n",
        spread(slices, slice -> slice.ingestMillis / slice.bareMillis, 2));
    System.out.printf(
        "ingest / bare Netty with ingest's wake-ups: %s%n",
        spread(slices, slice -> slice.ingestMillis / slice.coalescedMillis, 2));
    double arrived = sorted(slices, Slice::accessUnits)[slices.size() / 2];
    if (arrived < COMPLETE * CAMERAS * PICTURES_PER_SECOND) {
      System.out.printf("not to be used: only %.0f pictures per second arrived%n", arrived);
    }
  }

  private static void row(
      String what,
      List<Slice> slices,
      ToDoubleFunction<Slice> megabits,
      ToDoubleFunction<Slice> millis) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.0f | %s | %.0f |%n",
        what,
        sorted(slices, megabits)[slices.size() / 2],
        spread(slices, slice -> millis.applyAsDouble(slice) / CAMERAS, 3),
        1000 * CAMERAS / sorted(slices, millis)[slices.size() / 2]);
  }

  private static String spread(List<Slice> slices, ToDoubleFunction<Slice> value, int digits) {
    double[] sorted = sorted(slices, value);
    int last = sorted.length - 1;
    String number = "%." + digits + "f";
    return String.format(
        Locale.ROOT,
        number + " (" + number + " to " + number + ")",
        sorted[sorted.length / 2],
        sorted[Math.round(last * 0.1f)],
        sorted[Math.round(last * 0.9f)]);
  }

  private static double[] sorted(List<Slice> slices, ToDoubleFunction<Slice> value) {
    return slices.stream().mapToDouble(value).sorted().toArray();
  }

  private static long[] threads(String prefix) {
    return LongStream.of(THREADS.getAllThreadIds())
        .filter(
            id -> {
              ThreadInfo info = THREADS.getThreadInfo(id);
              return info != null && info.getThreadName().startsWith(prefix);
            })
        .toArray();
  }

  private static long cpu(long[] threads) {
    return LongStream.of(threads).map(THREADS::getThreadCpuTime).sum();
  }
}
