package io.kydai.analytics.turns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TurnPoolTest {
  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void lanesThatAlwaysHaveWorkTakeTurnsStrictly() {
    List<Integer> turns = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ready = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(30);
    // By a clock that stands, so that all turns are equally long.
    try (TurnPool<String> pool = new TurnPool<>("test", List.of("worker"), () -> 0)) {
      TurnPool<String>.Queue gate =
          pool.queue(
              "gate",
              worker -> {
                await(ready);
                return false;
              });
      gate.wake();
      for (int i = 0; i < 3; i++) {
        int number = i;
        pool.queue(
                "queue",
                worker -> {
                  turns.add(number);
                  done.countDown();
                  return true;
                })
            .wake();
      }
      ready.countDown();
      await(done);
    }
    for (int i = 0; i < 30; i++) {
      assertThat(turns.get(i)).isEqualTo(i % 3);
    }
  }

  @Test
  void lanesShareTheTimeByTheirWeightsHoweverLongTheirTurnsTake() {
    int[] weights = {1, 2, 3, 6};
    int[] costs = {40, 10, 70, 25};
    long[] time = new long[4];
    AtomicLong clock = new AtomicLong();
    CountDownLatch ready = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    try (TurnPool<String> pool = new TurnPool<>("test", List.of("worker"), clock::get)) {
      pool.queue(
              "gate",
              worker -> {
                await(ready);
                return false;
              })
          .wake();
      for (int i = 0; i < 4; i++) {
        int number = i;
        TurnPool<String>.Queue queue =
            pool.queue(
                "queue",
                worker -> {
                  if (clock.addAndGet(costs[number]) > 60_000) {
                    done.countDown();
                    return false;
                  }
                  time[number] += costs[number];
                  return true;
                });
        queue.weigh(weights[i]);
        queue.wake();
      }
      ready.countDown();
      await(done);
    }
    for (int i = 0; i < 4; i++) {
      assertThat(time[i]).isCloseTo(weights[i] * 5_000L, Offset.offset(150L));
    }
  }

  @Test
  void aWeightIsAboveNothing() {
    try (TurnPool<String> pool = new TurnPool<>("test", List.of("worker"))) {
      TurnPool<String>.Queue queue = pool.queue("queue", worker -> false);
      for (double weight : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
        assertThatThrownBy(() -> queue.weigh(weight)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void aLaneHasOneTurnAtATimeThoughManyThreadsAreFree() {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(500);
    try (TurnPool<Integer> pool = new TurnPool<>("test", List.of(1, 2, 3, 4))) {
      TurnPool<Integer>.Queue queue =
          pool.queue(
              "queue",
              worker -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                Thread.yield();
                inside.decrementAndGet();
                done.countDown();
                return true;
              });
      queue.wake();
      queue.wake();
      await(done);
    }
    assertThat(most.get()).isOne();
  }

  @Test
  void aWakeDuringATurnGivesAnotherTurn() {
    CountDownLatch inTurn = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    try (TurnPool<String> pool = new TurnPool<>("test", List.of("worker"))) {
      TurnPool<String>.Queue queue =
          pool.queue(
              "queue",
              worker -> {
                inTurn.countDown();
                await(goOn);
                second.countDown();
                return false;
              });
      queue.wake();
      await(inTurn);
      queue.wake();
      goOn.countDown();
      await(second);
    }
  }

  @Test
  void whatATurnThrowsEndsNeitherThreadNorLane() {
    AtomicInteger turns = new AtomicInteger();
    CountDownLatch other = new CountDownLatch(1);
    CountDownLatch again = new CountDownLatch(2);
    try (TurnPool<String> pool = new TurnPool<>("test", List.of("worker"))) {
      TurnPool<String>.Queue bad =
          pool.queue(
              "bad",
              worker -> {
                again.countDown();
                turns.incrementAndGet();
                throw new IllegalStateException("for the test");
              });
      bad.wake();
      pool.queue(
              "good",
              worker -> {
                other.countDown();
                return false;
              })
          .wake();
      await(other);
      bad.wake();
      await(again);
    }
    assertThat(turns.get()).isEqualTo(2);
  }

  @Test
  void closingALaneWaitsForItsTurnAndIsRefusedInsideATurn() {
    CountDownLatch inTurn = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger ended = new AtomicInteger();
    int atClose;
    AtomicReference<TurnPool<String>.Queue> self = new AtomicReference<>();
    try (TurnPool<String> pool = new TurnPool<>("test", List.of("worker"))) {
      self.set(
          pool.queue(
              "queue",
              worker -> {
                assertThatThrownBy(self.get()::close).isInstanceOf(IllegalStateException.class);
                inTurn.countDown();
                await(goOn);
                ended.incrementAndGet();
                return true;
              }));
      self.get().wake();
      await(inTurn);
      new Thread(goOn::countDown).start();
      self.get().close();
      // More than one turn may have come before the close; none may come after it.
      atClose = ended.get();
      self.get().wake();
    }
    assertThat(atClose).isPositive();
    assertThat(ended.get()).isEqualTo(atClose);
  }
}
