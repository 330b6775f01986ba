package io.kydai.streaming.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaneTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final Lane lane = new Lane(threads::add, "gate-1");
  private final List<Integer> ran = new ArrayList<>();

  @Test
  void tasksRunInOrderAndAFailureEndsNothing() {
    lane.offer(1, () -> ran.add(1));
    lane.execute(
        () -> {
          throw new IllegalStateException("as the test wants");
        });
    lane.offer(1, () -> ran.add(2));

    runAll();

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void theExecutorHoldsALaneOnceAndALongOneTakesTurns() {
    IntStream.range(0, 100).forEach(i -> lane.offer(1, () -> ran.add(i)));
    assertThat(threads).hasSize(1);

    threads.remove().run();

    assertThat(ran).hasSizeLessThan(100);
    assertThat(threads).hasSize(1);
    runAll();
    assertThat(ran).isSorted().hasSize(100);
  }

  @Test
  void aFullLaneRefusesUntilThereIsRoomButTakesWhatMustNotBeLost() {
    assertThat(lane.offer(Lane.MAX_BYTES, () -> ran.add(1))).isTrue();
    assertThat(lane.offer(1, () -> ran.add(2))).isFalse();
    lane.execute(() -> ran.add(3));
    runAll();
    assertThat(ran).containsExactly(1, 3);
    IntStream.range(0, Lane.MAX_TASKS).forEach(i -> lane.offer(0, () -> {}));
    assertThat(lane.offer(0, () -> {})).isFalse();
    runAll();
    assertThat(lane.offer(Lane.MAX_BYTES, () -> {})).isTrue();
  }

  private void runAll() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }
}
