package io.kydai.analytics.events;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.MotionVectors;
import io.kydai.analytics.file.VideoFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a stream's motion vectors cost: processor time of decoding a file without them, with them,
 * and with them read, in turn, and the medians' ratios: {@code scripts/evaluate vectors FILE
 * [ROUNDS]}.
 */
public final class MotionVectorCost {
  private MotionVectorCost() {}

  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
    double[][] seconds = new double[3][rounds];
    for (int round = -1; round < rounds; round++) {
      for (int way = 0; way < 3; way++) {
        double spent = decode(file, way > 0, way > 1);
        if (round >= 0) { // The first warms up.
          seconds[way][round] = spent;
        }
      }
    }
    for (double[] one : seconds) {
      Arrays.sort(one);
    }
    double without = seconds[0][rounds / 2];
    System.out.printf(
        Locale.ROOT,
        "%s: decoding %.3f s; with vectors %.3f times, with vectors read %.3f times%n",
        file.getFileName(),
        without,
        seconds[1][rounds / 2] / without,
        seconds[2][rounds / 2] / without);
  }

  private static double decode(Path path, boolean vectors, boolean read) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try (VideoFile file = VideoFile.open(path, vectors)) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          if (read) {
            MotionVectors.of(frame.picture());
          }
        }
        next = file.next();
      }
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
  }
}
