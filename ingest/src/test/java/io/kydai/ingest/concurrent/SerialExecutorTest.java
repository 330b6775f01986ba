package io.kydai.ingest.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final SerialExecutor executor = new SerialExecutor("camera gate-1", threads::add);
  private final List<Integer> ran = new ArrayList<>();

  @Test
  void tasksRunInOrderAndAFailureEndsNothing() {
    executor.offer(1, () -> ran.add(1));
    executor.execute(
        () -> {
          throw new IllegalStateException("as the test wants");
        });
    executor.offer(1, () -> ran.add(2));

    runAll();

    assertThat(ran).containsExactly(1, 2);
  }

  @Test
  void anErrorReachesTheThreadAndTheNextTaskRuns() {
    executor.execute(
        () -> {
          throw new AssertionError("as the test wants");
        });
    executor.execute(() -> ran.add(1));

    assertThatThrownBy(() -> threads.remove().run()).isInstanceOf(AssertionError.class);
    runAll();

    assertThat(ran).containsExactly(1);
  }

  @Test
  void theSharedExecutorHoldsItOnceAndALongQueueTakesTurns() {
    IntStream.range(0, 100).forEach(i -> executor.offer(1, () -> ran.add(i)));
    assertThat(threads).hasSize(1);

    threads.remove().run();

    assertThat(ran).hasSizeLessThan(100);
    assertThat(threads).hasSize(1);
    runAll();
    assertThat(ran).isSorted().hasSize(100);
  }

  @Test
  void aFullOneRefusesUntilThereIsRoomButTakesWhatMustNotBeLost() {
    assertThat(executor.offer(SerialExecutor.MAX_BYTES, () -> ran.add(1))).isTrue();
    assertThat(executor.offer(1, () -> ran.add(2))).isFalse();
    executor.execute(() -> ran.add(3));
    runAll();
    assertThat(ran).containsExactly(1, 3);
    IntStream.range(0, SerialExecutor.MAX_TASKS).forEach(i -> executor.offer(0, () -> {}));
    assertThat(executor.offer(0, () -> {})).isFalse();
    runAll();
    assertThat(executor.offer(SerialExecutor.MAX_BYTES, () -> {})).isTrue();
  }

  @Test
  void onceTheSharedThreadsHaveEndedTasksAreLeftUndone() {
    SerialExecutor late =
        new SerialExecutor(
            "camera gate-1",
            task -> {
              throw new RejectedExecutionException("shut down");
            });

    late.execute(() -> ran.add(1));

    assertThat(late.offer(1, () -> ran.add(2))).isTrue();
    assertThat(ran).isEmpty();
  }

  @Test
  void onManyThreadsAtMostOneTaskRunsAndSeesWhatThoseBeforeItWrote() throws Exception {
    int tasks = 20_000;
    int[] unguarded = new int[1];
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      SerialExecutor serial = new SerialExecutor("four threads", pool);
      CountDownLatch done = new CountDownLatch(1);
      for (int i = 0; i < tasks; i++) {
        serial.execute(() -> unguarded[0]++);
      }
      serial.execute(done::countDown);
      done.await();
    } finally {
      pool.shutdown();
    }
    assertThat(unguarded[0]).isEqualTo(tasks);
  }

  private void runAll() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }
}
