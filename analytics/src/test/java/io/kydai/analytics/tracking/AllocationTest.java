package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Nothing is allocated for a frame, once the arrays have grown. */
class AllocationTest {
  private static final int FRAMES = 600;

  @Test
  void afterWarmUpAFrameAllocatesNothing() {
    List<List<Detection>> film = film();
    ByteTracker tracker = new ByteTracker();
    long time = 0;
    for (int round = 0; round < 3; round++) {
      time = play(tracker, film, time);
    }
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().getId();
    threads.getThreadAllocatedBytes(thread);
    long before = threads.getThreadAllocatedBytes(thread);
    play(tracker, film, time);
    long bytes = threads.getThreadAllocatedBytes(thread) - before;
    assertThat(bytes).as("bytes of %d frames", FRAMES).isLessThan(FRAMES); // not one object each
  }

  private static long play(ByteTracker tracker, List<List<Detection>> film, long from) {
    long time = from;
    for (int i = 0; i < film.size(); i++) {
      time += 3_600;
      tracker.follow(film.get(i), Coverage.EVERYWHERE, time, 1280, 720);
    }
    return time;
  }

  /** Walkers, riders, parked cars; some missed, some doubled, a shake now and then. */
  private static List<List<Detection>> film() {
    Random random = new Random(7);
    List<List<Detection>> film = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      List<Detection> frame = new ArrayList<>();
      double shake = i % 50 == 0 ? 0.1 : 0;
      for (int n = 0; n < 30; n++) {
        if (random.nextInt(8) == 0) {
          continue;
        }
        double x = (0.03 * n + 0.002 * i * (n % 3)) % 1.0 + shake;
        double y = 0.3 + 0.02 * n;
        float score = 0.25f + 0.7f * random.nextFloat();
        add(frame, n % 5 == 4 ? "car" : "person", score, x, y);
        if (n % 5 == 3) {
          add(frame, random.nextBoolean() ? "motorcycle" : "bicycle", score, x, y + 0.05);
        }
      }
      film.add(frame);
    }
    return film;
  }

  private static void add(List<Detection> frame, String label, float score, double x, double y) {
    Box box = new Box((float) x, (float) y - 0.1f, (float) x + 0.04f, (float) y);
    frame.add(new Detection(label, score, box));
  }
}
