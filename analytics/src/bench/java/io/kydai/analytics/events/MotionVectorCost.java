package io.kydai.analytics.events;

import io.kydai.analytics.budget.LookDemand;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.StreamMotion;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.motion.UnexplainedMotion;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.TrackState;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a picture costs that is not looked at: processor time of decoding a file without motion
 * vectors, with them, with them read or, where it has none, optical flow, and with all that is done
 * to carry tracks to the picture and to find whether a look is wanted ({@value #PEOPLE} tracks,
 * looked at every {@value #PASSED} pictures; the network is not in it), in turn, as milliseconds
 * per picture and as ratios of medians: {@code scripts/evaluate vectors FILE [ROUNDS]}.
 */
public final class MotionVectorCost {
  private static final int PEOPLE = 10;
  private static final int PASSED = 8;

  private enum Way {
    PLAIN,
    VECTORS,
    READ,
    CARRIED
  }

  private MotionVectorCost() {}

  public static void main(String[] arguments) {
    Path file = Path.of(arguments[0]);
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
    double[][] millis = new double[Way.values().length][rounds];
    for (int round = -1; round < rounds; round++) {
      for (Way way : Way.values()) {
        double spent = decode(file, way);
        if (round >= 0) { // The first warms up.
          millis[way.ordinal()][round] = spent;
        }
      }
    }
    for (Way way : Way.values()) {
      Arrays.sort(millis[way.ordinal()]);
      double median = millis[way.ordinal()][rounds / 2];
      System.out.printf(
          Locale.ROOT,
          "%s %-8s %.3f ms per picture, %.3f times%n",
          file.getFileName(),
          way,
          median,
          median / millis[0][rounds / 2]);
    }
  }

  private static double decode(Path path, Way way) {
    Passed passed = new Passed();
    StreamMotion motion = new StreamMotion();
    int pictures = 0;
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try (VideoFile file = VideoFile.open(path, way != Way.PLAIN)) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          pictures++;
          if (way == Way.READ) {
            motion.of(frame);
          } else if (way == Way.CARRIED) {
            passed.over(frame, pictures % PASSED == 0);
          }
        }
        next = file.next();
      }
    }
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return nanos / 1e6 / pictures;
  }

  /** What is done for each picture, as for a live camera. */
  private static final class Passed {
    private final MotionMeter meter = new MotionMeter();
    private final StreamMotion motion = new StreamMotion();
    private final UnexplainedMotion unexplained = new UnexplainedMotion();
    private final ByteTracker tracker = new ByteTracker();
    private final LookDemand demand =
        new LookDemand(
            new Scene(List.of(new Line("l", new Point(0.1, 0.5), new Point(0.9, 0.5))), List.of()));
    private final List<Detection> people = new ArrayList<>();

    Passed() {
      for (int i = 0; i < PEOPLE; i++) {
        float x = 0.05f + 0.09f * i;
        people.add(new Detection("person", 0.9f, new Box(x, 0.3f, x + 0.05f, 0.6f)));
      }
    }

    void over(DecodedFrame frame, boolean look) {
      long time = frame.mediaTime();
      int width = frame.displayWidth();
      int height = frame.displayHeight();
      MotionMap map = meter.observe(frame);
      tracker.propagate(motion.of(frame), time, width, height);
      List<TrackState> states = tracker.states(time, width, height);
      List<Box> boxes = states.stream().map(TrackState::box).toList();
      demand.fps(states, unexplained.appears(map, boxes, time));
      if (look) {
        unexplained.looked(time);
        tracker.update(people, time, width, height);
      } else {
        tracker.between(time, width, height);
      }
    }
  }
}
