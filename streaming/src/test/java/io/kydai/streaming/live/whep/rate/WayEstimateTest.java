package io.kydai.streaming.live.whep.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.streaming.live.whep.rtcp.TransportFeedback;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A way of a rate, a queue, a delay and losses, on a clock of its own. */
class WayEstimateTest {
  private static final int PACKET = 1_200;
  private static final long PICTURE_NANOS = 40_000_000;
  private static final long PACED_NANOS = 500_000;
  private static final long DELAY_NANOS = 30_000_000;
  private static final long MOST_QUEUED_NANOS = 400_000_000;

  private final WayEstimate estimate = new WayEstimate();
  private final Random random = new Random(5);
  private long now = 7_000_000_000L;
  private long free;
  private double carries = 100e6;
  private double loses;

  /** A camera sends at a rate, and the receiver tells of each 100 ms what has come. */
  private void send(int seconds, double bitsPerSecond) {
    int packets = (int) Math.round(bitsPerSecond / 8 / 25 / PACKET);
    for (int i = 0; i < 10 * seconds; i++) {
      List<Long> arrivals = new ArrayList<>();
      int first = -1;
      for (long picture = now; picture < now + 100_000_000; picture += PICTURE_NANOS / 2) {
        for (int k = 0; k < packets / 2; k++) {
          int number = estimate.number(PACKET, picture + k * PACED_NANOS);
          first = first < 0 ? number : first;
          arrivals.add(arrival(picture + k * PACED_NANOS));
        }
      }
      now += 100_000_000;
      if (first >= 0) {
        estimate.heard(
            new TransportFeedback(first, arrivals.stream().mapToLong(one -> one).toArray()), now);
      }
    }
  }

  /** In microseconds on the receiver's clock, which began an hour ago. */
  private long arrival(long sent) {
    long begin = Math.max(sent, free);
    if (begin - sent > MOST_QUEUED_NANOS || random.nextDouble() < loses) {
      return TransportFeedback.LOST;
    }
    free = begin + (long) (PACKET * 8 * 1e9 / carries);
    return 3_600_000_000L + (free + DELAY_NANOS) / 1_000;
  }

  private double megabits() {
    return estimate.bitsPerSecond().orElseThrow() / 1e6;
  }

  @Test
  void nothingIsSaidBeforeHalfASecondHasArrived() {
    assertThat(estimate.bitsPerSecond()).isEmpty();
    send(0, 4e6);
    assertThat(estimate.bitsPerSecond()).isEmpty();
    send(1, 4e6);
    assertThat(estimate.bitsPerSecond()).isPresent();
  }

  @Test
  void aWideWayCarriesMoreThanTheCameraSends() {
    send(10, 4e6);
    assertThat(megabits()).isBetween(5.0, 8.0);
    assertThat(estimate.loss()).isZero();
    // A quiet scene tells nothing of the way.
    double before = megabits();
    send(5, 1e6);
    assertThat(megabits()).isGreaterThanOrEqualTo(before);
  }

  @Test
  void aNarrowWayIsFoundByItsDelayAndAWiderOneAgain() {
    carries = 2e6;
    send(8, 4e6);
    assertThat(megabits()).isBetween(0.8, 2.2);
    carries = 50e6;
    send(30, 4e6);
    assertThat(megabits()).isGreaterThan(4);
  }

  @Test
  void lossesAreToldAndLowerTheEstimate() {
    send(3, 4e6);
    double before = megabits();
    loses = 0.2;
    send(5, 4e6);
    assertThat(estimate.loss()).isBetween(0.12, 0.28);
    assertThat(megabits()).isLessThan(before * 0.7);
    loses = 0;
    send(60, 4e6);
    assertThat(megabits()).isGreaterThan(4);
  }

  /** A receiver may say anything: numbers that were not sent, times that jump, all of it twice. */
  @Test
  void whateverIsSaidIsBounded() {
    for (int round = 0; round < 2_000; round++) {
      int sent = random.nextInt(50);
      for (int i = 0; i < sent; i++) {
        estimate.number(random.nextInt(1_500), now + i);
      }
      now += random.nextInt(200_000_000);
      long[] arrivals = new long[1 + random.nextInt(100)];
      for (int i = 0; i < arrivals.length; i++) {
        arrivals[i] =
            random.nextInt(4) == 0
                ? TransportFeedback.LOST
                : (long) (random.nextInt() >> 8) * random.nextInt(64_000);
      }
      TransportFeedback said = new TransportFeedback(random.nextInt(1 << 16), arrivals);
      estimate.heard(said, now);
      estimate.heard(said, now);
      assertThat(estimate.bitsPerSecond().orElse(0)).isBetween(0L, 1_000_000_000L);
      assertThat(estimate.loss()).isBetween(0.0, 1.0);
    }
  }
}
