package io.kydai.console.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processor time of this process without that of the JVM's compilers, which have much to do in
 * a bench of some minutes and next to nothing in a server that runs for months. The collector's is
 * in it. Compilers must not come and go ({@code -XX:-UseDynamicNumberOfCompilerThreads}).
 */
final class ServerCpu {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private ServerCpu() {}

  /** In nanoseconds. */
  static long nanos() throws IOException {
    return SYSTEM.getProcessCpuTime() - compilers();
  }

  /** Of the compilers alone, in nanoseconds. */
  static long compilers() throws IOException {
    List<Path> threads;
    try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
      threads = all.toList();
    }
    long nanos = 0;
    for (Path thread : threads) {
      if (isCompiler(thread)) {
        nanos += Long.parseLong(Files.readString(thread.resolve("schedstat")).split(" ")[0]);
      }
    }
    return nanos;
  }

  /** Linux cuts names to 15 characters. */
  private static boolean isCompiler(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).matches("C[12] CompilerThre\\s*");
    } catch (IOException e) {
      return false; // It has ended since, and so was none.
    }
  }
}
