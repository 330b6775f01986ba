package io.kydai.ingest.concurrent;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An executor that runs tasks one after another on threads that it shares with other serial
 * executors.
 *
 * <p>It guarantees that:
 *
 * <ul>
 *   <li>tasks run in the order in which they were submitted;
 *   <li>at most one task runs at a time, on whichever of the shared threads;
 *   <li>what a task has written to memory is visible to every later task, so that the tasks' own
 *       data needs no lock;
 *   <li>submitting a task never waits for a task, and never runs one unless the shared executor
 *       runs its tasks at once on the caller's thread;
 *   <li>a task that throws a {@code RuntimeException} is logged with the executor's name, and the
 *       next one runs; an {@code Error} reaches the shared thread, and the next task runs too;
 *   <li>the shared executor holds a serial executor at most once, and after {@value
 *       #TASKS_IN_A_ROW} tasks in a row it goes to the back of the shared queue, so that no other
 *       starves;
 *   <li>it owns no thread and need not be closed: it becomes garbage when it is not referenced any
 *       more and no task waits; after the shared executor was shut down, waiting and later tasks do
 *       not run.
 * </ul>
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>waiting tasks by {@link #offer}</td><td>{@value #MAX_TASKS}</td><td>refused</td></tr>
 *   <tr><td>bytes that these tasks hold</td><td>32 MiB</td><td>refused</td></tr>
 *   <tr><td>waiting tasks by {@link #execute}</td><td>up to the caller</td><td>-</td></tr>
 * </table>
 */
public final class SerialExecutor implements Executor {
  /** The most tasks by {@link #offer} that wait at a time. */
  public static final int MAX_TASKS = 1024;

  /** The most bytes that tasks by {@link #offer} hold while they wait. */
  public static final long MAX_BYTES = 32L << 20;

  private static final int TASKS_IN_A_ROW = 32;
  private static final Logger LOG = LoggerFactory.getLogger(SerialExecutor.class);

  private final String name;
  private final Executor threads;
  private final Queue<Task> tasks = new ArrayDeque<>();
  private int offered;
  private long offeredBytes;
  // INVARIANT: true exactly while the shared executor holds or runs this one.
  private boolean scheduled;

  private record Task(Runnable work, long bytes, boolean offered) {}

  /**
   * Creates an executor without tasks.
   *
   * @param name the name in log lines about failed tasks, such as {@code camera gate-1}
   * @param threads the shared executor, closed by the caller
   */
  public SerialExecutor(String name, Executor threads) {
    this.name = requireNonNull(name);
    this.threads = requireNonNull(threads);
  }

  /**
   * Submits a task that holds some bytes of memory until it has run.
   *
   * @param bytes how many bytes the task holds, 0 or more
   * @return whether the task was accepted; false when a limit is reached
   */
  public boolean offer(long bytes, Runnable work) {
    synchronized (tasks) {
      if (offered >= MAX_TASKS || offeredBytes + bytes > MAX_BYTES) {
        return false;
      }
      offered++;
      offeredBytes += bytes;
      enqueue(new Task(requireNonNull(work), bytes, true));
    }
    return true;
  }

  /**
   * Submits a task that must not be refused. The caller must make sure that only a few such tasks
   * wait at a time.
   */
  @Override
  public void execute(Runnable work) {
    synchronized (tasks) {
      enqueue(new Task(requireNonNull(work), 0, false));
    }
  }

  private void enqueue(Task task) {
    tasks.add(task);
    if (!scheduled) {
      scheduled = true;
      schedule();
    }
  }

  private void schedule() {
    try {
      threads.execute(this::run);
    } catch (RejectedExecutionException e) {
      LOG.debug("{}: tasks do not run, because the shared executor was shut down", name, e);
    }
  }

  private void run() {
    boolean more = true;
    try {
      for (int i = 0; more && i < TASKS_IN_A_ROW; i++) {
        more = runNext();
      }
    } finally {
      if (more) {
        schedule();
      }
    }
  }

  /**
   * Runs the next task. When no task waits, returns false and marks this executor as not scheduled.
   */
  private boolean runNext() {
    Task task;
    synchronized (tasks) {
      task = tasks.poll();
      if (task == null) {
        scheduled = false;
        return false;
      }
      if (task.offered()) {
        offered--;
        offeredBytes -= task.bytes();
      }
    }
    try {
      task.work().run();
    } catch (RuntimeException e) {
      LOG.error("{}: a task failed", name, e);
    }
    return true;
  }
}
