package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How much memory this process holds on to: what is only in use for a moment does not count. */
final class HeldMemory {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private HeldMemory() {}

  /** Bytes on the heap after a collection, and in the pools outside of it. */
  static long now() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory()
        - runtime.freeMemory()
        + ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }

  /**
   * Fails unless the growth comes down to the given bytes within a minute: a picture that is just
   * being received comes and goes, a leak stays.
   */
  static void assertGrownByAtMost(long bytes, long before) {
    long deadline = System.nanoTime() + PATIENCE;
    long grown = now() - before;
    while (grown > bytes && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      grown = now() - before;
    }
    assertThat(grown).as("bytes of memory more than before").isLessThanOrEqualTo(bytes);
  }
}
