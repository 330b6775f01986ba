package io.kydai.ingest.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WakeUpCoalescingTest {
  private static final IntSupplier THREE_READY = () -> 3;

  private long now = TimeUnit.MILLISECONDS.toNanos(-1);

  /** The pauses in microseconds. */
  private final List<Long> pauses = new ArrayList<>();

  private final WakeUpCoalescing strategy =
      new WakeUpCoalescing(
          Duration.ofMillis(4),
          () -> now,
          nanos -> {
            pauses.add(TimeUnit.NANOSECONDS.toMicros(nanos));
            now += nanos;
          });

  private void pass(long micros) {
    now += TimeUnit.MICROSECONDS.toNanos(micros);
  }

  private void select() throws Exception {
    assertThat(strategy.calculateStrategy(THREE_READY, false)).isEqualTo(SelectStrategy.SELECT);
  }

  @Test
  void aLoopThatIsWokenSoonAgainPausesForTheRestOfTheInterval() throws Exception {
    select();
    assertThat(pauses).isEmpty();
    pass(500);
    select();
    pass(4100);
    select();
    pass(3999);
    select();
    assertThat(pauses).containsExactly(3500L, 1L);
  }

  @Test
  void aLoopThatSleptOrWorkedForTheIntervalDoesNotPause() throws Exception {
    for (int i = 0; i < 10; i++) {
      select();
      pass(4000 + i);
    }
    assertThat(pauses).isEmpty();
  }

  @Test
  void aLoopWithTasksDoesNotPauseAndSeesWhatIsReady() throws Exception {
    select();
    for (int i = 0; i < 10; i++) {
      assertThat(strategy.calculateStrategy(THREE_READY, true)).isEqualTo(3);
    }
    assertThat(pauses).isEmpty();
  }

  /** A pause that another thread ends early is not repeated. */
  @Test
  void aPauseThatEndsEarlyIsFollowedByASelection() throws Exception {
    WakeUpCoalescing woken =
        new WakeUpCoalescing(Duration.ofMillis(4), () -> now, nanos -> pauses.add(nanos));
    woken.calculateStrategy(THREE_READY, false);
    woken.calculateStrategy(THREE_READY, false);
    assertThat(pauses).hasSize(1);
  }
}
