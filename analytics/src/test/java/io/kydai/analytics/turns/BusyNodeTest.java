package io.kydai.analytics.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;

import io.kydai.analytics.budget.Budget;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.OpenNatives;
import io.kydai.analytics.inference.LatestFrame;
import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.turns.FairQueue.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Budget, line and places for one frame, put together as in the product but on one thread and on a
 * clock of the test's: minutes of many cameras take a moment and come out the same each time. The
 * figures that it logs are those of {@code docs/reports/performance.md}.
 */
class BusyNodeTest {
  private static final Logger LOG = LoggerFactory.getLogger(BusyNodeTest.class);
  private static final long MILLI = 1_000_000;
  private static final int SECONDS = 120;

  private record Event(long nanos, long number, Runnable what) {}

  private final Random random = new Random(5);
  private final List<Camera> cameras = new ArrayList<>();
  private final Set<DecodedFrame> inHand = new HashSet<>();
  private final FairQueue<Camera> line = new FairQueue<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (one, other) ->
              one.nanos() == other.nanos()
                  ? Long.compare(one.number(), other.number())
                  : Long.compare(one.nanos(), other.nanos()));
  private long now;
  private long numbered;
  private int freeWorkers;
  private int mostFrames;
  private Budget budget;

  @AfterEach
  void nothingIsLeftOpen() {
    cameras.forEach(camera -> camera.slot.close());
    inHand.forEach(DecodedFrame::close);
    assertThat(OpenNatives.frames()).isZero();
  }

  private void at(long nanos, Runnable what) {
    events.add(new Event(nanos, numbered++, what));
  }

  private void workers(int workers, double minFps) {
    freeWorkers = workers;
    budget = new Budget(workers, minFps, 10, () -> now);
  }

  private void run() {
    while (now < SECONDS * 1000L * MILLI) {
      Event event = events.remove();
      now = event.nanos();
      event.what().run();
      while (freeWorkers > 0 && !line.isEmpty()) {
        line.next().owner().turn();
      }
      mostFrames = Math.max(mostFrames, OpenNatives.frames());
    }
  }

  /** 25 frames per second, which arrive up to 10 ms late; an inference takes 20% more or less. */
  private final class Camera {
    private final double weight;
    private final double inferenceMillis;
    private final Budget.Share share;
    private final Place<Camera> place = line.place(this);
    private final Map<SkipReason, Integer> skipped = new EnumMap<>(SkipReason.class);
    private final LatestFrame slot =
        new LatestFrame(10, reason -> skipped.merge(reason, 1, Integer::sum));
    private final List<Long> latencies = new ArrayList<>();
    private final List<Long> analysed = new ArrayList<>();
    private boolean inLine;
    private boolean inTurn;

    Camera(double weight, double inferenceMillis) {
      this.weight = weight;
      this.inferenceMillis = inferenceMillis;
      this.share = budget.open(weight);
      film(random.nextInt(40) * MILLI);
      cameras.add(this);
    }

    private void film(long nanos) {
      at(nanos + random.nextInt(10) * MILLI, () -> arrive(nanos * 9 / 100_000, now));
      at(nanos + 40 * MILLI, () -> film(nanos + 40 * MILLI));
    }

    private void arrive(long mediaTime, long arrived) {
      slot.rate(share.arrived(Double.POSITIVE_INFINITY), false);
      if (slot.offer(DecodedFrame.ofFile(av_frame_alloc(), mediaTime))) {
        enter();
      }
    }

    private void enter() {
      if (!inLine && !inTurn) {
        line.enter(place);
      }
      inLine = true;
    }

    private void turn() {
      inLine = false;
      inTurn = true;
      freeWorkers--;
      DecodedFrame frame = slot.take().orElseThrow();
      inHand.add(frame);
      long nanos = (long) (inferenceMillis * MILLI * (0.8 + 0.4 * random.nextDouble()));
      at(now + nanos, () -> ended(frame, nanos));
    }

    private void ended(DecodedFrame frame, long nanos) {
      analysed.add(frame.mediaTime());
      latencies.add(now - frame.mediaTime() * 100_000 / 9);
      inHand.remove(frame);
      frame.close();
      share.spent(nanos);
      line.spent(place, nanos, weight);
      inTurn = false;
      freeWorkers++;
      if (inLine) {
        line.enter(place);
      }
    }

    double fps() {
      return analysed.size() / (double) SECONDS;
    }

    /** Of the sorted latencies, in milliseconds. */
    double latency(double quantile) {
      List<Long> sorted = new ArrayList<>(latencies);
      Collections.sort(sorted);
      return sorted.get((int) (quantile * (sorted.size() - 1))) / (double) MILLI;
    }

    /**
     * Between one analysed frame and the next, the longest of 99 in 100, as a multiple of all's.
     */
    double unevenness() {
      List<Long> gaps = new ArrayList<>();
      for (int i = 1; i < analysed.size(); i++) {
        gaps.add(analysed.get(i) - analysed.get(i - 1));
      }
      Collections.sort(gaps);
      double mean = gaps.stream().mapToLong(Long::longValue).average().orElseThrow();
      return gaps.get((int) (0.99 * (gaps.size() - 1))) / mean;
    }

    @Override
    public String toString() {
      return String.format(
          "weight %.0f, inference %.0f ms: %.2f fps, latency %.0f/%.0f ms, longest gap %.2f, %s",
          weight, inferenceMillis, fps(), latency(0.5), latency(0.95), unevenness(), skipped);
    }
  }

  private void run(String what) {
    run();
    cameras.forEach(camera -> LOG.info("{}: {}", what, camera));
    // One in its place and one in hand of each.
    assertThat(mostFrames).isLessThanOrEqualTo(2 * cameras.size());
  }

  @Test
  void camerasOfManyWeightsGetTheirRatesEvenlyAndAFrameHardlyWaits() {
    workers(2, 1);
    for (double weight : new double[] {1, 1, 1, 3, 3, 3, 3, 3, 3, 10}) {
      new Camera(weight, 75);
    }
    run("shared");
    // 1.8 s of 75 ms are 24 frames. Three cameras have the lowest rate, 1; 21 are for weights of
    // 28.
    for (Camera camera : cameras) {
      double due = Math.max(1, 22.3 * camera.weight / 28);
      assertThat(camera.fps()).isCloseTo(due, Percentage.withPercentage(6));
      assertThat(camera.latency(0.5)).isLessThan(1.5 * 75);
      assertThat(camera.latency(0.95)).isLessThan(2 * 75);
      assertThat(camera.unevenness()).isLessThanOrEqualTo(2);
      assertThat(camera.skipped.get(SkipReason.BUSY)).isLessThan(SECONDS / 2);
    }
  }

  @Test
  void withoutABudgetTheSameCamerasWaitForEachOther() {
    workers(2, 10); // The lowest rate is the highest one, so that nothing is held back.
    for (double weight : new double[] {1, 1, 1, 3, 3, 3, 3, 3, 3, 10}) {
      new Camera(weight, 75);
    }
    run("turns alone");
    assertThat(cameras.get(4).latency(0.5)).isGreaterThan(1.3 * 75);
  }

  @Test
  void whereEvenTheLowestRatesAreTooMuchTheTurnsGoByWeightAndNothingPilesUp() {
    workers(1, 1);
    for (int i = 0; i < 40; i++) {
      new Camera(i < 10 ? 10 : i < 20 ? 1 : 3, 75); // 13.3 frames a second for forty cameras
    }
    run("too much");
    for (Camera camera : cameras) {
      double due = 13.33 * camera.weight / (10 * 10 + 10 * 1 + 20 * 3);
      assertThat(camera.fps()).isCloseTo(due, Percentage.withPercentage(10));
      assertThat(camera.skipped.get(SkipReason.BUSY)).isPositive();
      assertThat(camera.latency(0.95)).isLessThan(300);
    }
  }

  @Test
  void aCameraWhoseFramesCostMoreHasFewerOfThem() {
    workers(1, 1);
    new Camera(3, 50);
    new Camera(3, 100);
    run("one dearer");
    assertThat(cameras.get(0).fps()).isCloseTo(9.5, Percentage.withPercentage(6));
    assertThat(cameras.get(1).fps()).isCloseTo(4.75, Percentage.withPercentage(6));
  }
}
