package io.kydai.ingest.bench;

import io.kydai.ingest.Ingest;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What is kept per camera as their number grows. Each sends a picture of some 10 KB per second. */
final class Memory {
  private static final int[] COUNTS = {10, 100, 1000};

  private Memory() {}

  static void print() throws Exception {
    System.out.printf("%n| cameras | live | heap, KiB per camera | outside the heap, KiB in all");
    System.out.printf(" | KiB per camera | threads |%n|---|---|---|---|---|---|%n");
    measure(10, false);
    for (int cameras : COUNTS) {
      measure(cameras, true);
    }
  }

  private static void measure(int cameras, boolean print) throws Exception {
    long heapBefore = heap();
    long directBefore = direct();
    Set<CameraId> live = ConcurrentHashMap.newKeySet();
    CountDownLatch missing = new CountDownLatch(cameras);
    Consumer<CameraStatus> onStatus =
        status -> {
          if (status.state() == CameraState.LIVE && live.add(status.camera())) {
            missing.countDown();
          }
        };
    try (City city = new City(cameras, 1, 0.08);
        Ingest ingest = new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), onStatus)) {
      IntStream.range(0, cameras)
          .forEach(i -> ingest.add(CameraSource.of(new CameraId(City.name(i)), city.address(i))));
      missing.await(60, TimeUnit.SECONDS);
      // As much of real time as buffers and pools take to be as large as they get.
      TimeUnit.SECONDS.sleep(5);
      double heap = (heap() - heapBefore) / 1024.0;
      double direct = (direct() - directBefore) / 1024.0;
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("kydai"))
              .count();
      if (print) {
        System.out.printf(
            "| %d | %d | %.1f | %.0f | %.1f | %d |%n",
            cameras, live(ingest, cameras), heap / cameras, direct, direct / cameras, threads);
      }
    }
  }

  private static long live(Ingest ingest, int cameras) {
    return IntStream.range(0, cameras)
        .filter(
            i ->
                ingest
                    .status(new CameraId(City.name(i)))
                    .filter(status -> status.state() == CameraState.LIVE)
                    .isPresent())
        .count();
  }

  private static long heap() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(200); // references to native memory are cleared by other threads
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long direct() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
