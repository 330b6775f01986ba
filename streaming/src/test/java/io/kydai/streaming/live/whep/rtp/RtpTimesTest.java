package io.kydai.streaming.live.whep.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Timestamps: pictures are as far apart as they were taken, but for a group that comes at once. */
class RtpTimesTest {
  private static final long STEP = 3_600;
  private final RtpTimes times = new RtpTimes(0);

  @Test
  void theWaysJitterIsNotInThem() {
    int first = times.next(1_000, 50_000);
    assertThat(times.next(1_000 + STEP, 50_000 + STEP + 700) - first).isEqualTo((int) STEP);
    assertThat(times.next(1_000 + 2 * STEP, 50_000 + 2 * STEP + 90) - first)
        .isEqualTo((int) (2 * STEP));
  }

  @Test
  void aGroupThatComesAtOnceIsShownAtOnceAndWhatFollowsInItsTime() {
    List<Integer> given = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      given.add(times.next(i * STEP, 900_000));
    }
    assertThat(given.get(49) - given.get(0)).isEqualTo((int) (49 * RtpTimes.SHORTEST));
    // A second later the timestamps are those of the clock again.
    int last = 0;
    for (int i = 50; i < 75; i++) {
      last = times.next(i * STEP, 900_000 + (i - 49) * STEP);
    }
    assertThat(last).isEqualTo(times.at(900_000 + 25 * STEP));
  }

  @Test
  void aGroupThatIsSentAgainGoesOnRising() {
    int before = times.next(10 * STEP, 100_000);
    int again = times.next(0, 100_100);
    assertThat(again - before).isEqualTo((int) RtpTimes.SHORTEST);
    assertThat(times.next(11 * STEP, 100_000 + STEP) - before).isEqualTo((int) STEP);
  }

  @Test
  void aStreamThatBrokeOffDoesNotGoOnFromItsOldWay() {
    int before = times.next(0, 0);
    times.breakOff();
    assertThat(times.next(STEP, 90_000) - before).isEqualTo(90_000);
  }
}
