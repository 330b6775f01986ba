package io.kydai.console.outbox;

import io.kydai.console.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A timer on a clock that stands: tasks run on the test's thread, when the test says so. */
public final class HeldTimer implements RetryTimer {
  private record Task(Instant at, Runnable task) {}

  private final TestClock clock;
  private final List<Task> tasks = new ArrayList<>();

  public HeldTimer(TestClock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    tasks.add(new Task(clock.instant().plus(delay), task));
    notifyAll();
  }

  /** Runs what is due, and what other threads make due, until something is so. */
  public void runUntil(BooleanSupplier done) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!done.getAsBoolean()) {
      Optional<Task> due = takeDue();
      if (due.isPresent()) {
        due.get().task().run();
      } else if (System.nanoTime() > end) {
        throw new AssertionError("it did not happen within 20 s");
      } else {
        synchronized (this) {
          wait(20);
        }
      }
    }
  }

  private synchronized Optional<Task> takeDue() {
    Optional<Task> due =
        tasks.stream()
            .filter(task -> !task.at().isAfter(clock.instant()))
            .min(Comparator.comparing(Task::at));
    due.ifPresent(tasks::remove);
    return due;
  }

  /** How long until the next task. */
  public synchronized Duration untilNext() {
    return tasks.stream()
        .map(Task::at)
        .min(Comparator.naturalOrder())
        .map(at -> Duration.between(clock.instant(), at))
        .orElseThrow();
  }

  @Override
  public synchronized void close() {
    tasks.clear();
  }
}
