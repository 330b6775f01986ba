package io.kydai.streaming.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Processor time, 1e-9 s: all that is measured runs on the calling thread, and while a neighbour
 * has the core this clock stands still. On an idle machine it agrees with elapsed time.
 */
final class CpuClock {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private CpuClock() {}

  /** What the calling thread has used up to now. */
  static long now() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** What the other threads of this process have used: the JVM's compiler and collector. */
  static long others() {
    return PROCESS.getProcessCpuTime() - now();
  }
}
