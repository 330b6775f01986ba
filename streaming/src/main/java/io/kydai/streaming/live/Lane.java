package io.kydai.streaming.live;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one camera's tasks on threads that it shares with the lanes of other cameras.
 *
 * <ul>
 *   <li>Tasks run one at a time, in the order in which they were handed over.
 *   <li>Handing over never waits.
 *   <li>After some tasks in a row a lane goes to the back of the queue, so that none starves.
 *   <li>A task that throws is logged with the camera's id, and the next one runs.
 *   <li>The executor holds a lane at most once. When it is shut down, tasks are left undone.
 * </ul>
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>tasks by {@link #offer}</td><td>1,024 waiting</td><td>refused</td></tr>
 *   <tr><td>their bytes</td><td>32 MiB waiting</td><td>refused</td></tr>
 *   <tr><td>tasks by {@link #execute}</td><td>the caller's</td><td>-</td></tr>
 * </table>
 */
public final class Lane {
  static final int MAX_TASKS = 1024;
  static final long MAX_BYTES = 32L << 20;

  private static final Logger log = LoggerFactory.getLogger(Lane.class);
  private static final int TASKS_IN_A_ROW = 32;

  private final Executor threads;
  private final String camera;
  private final Queue<Task> tasks = new ArrayDeque<>();
  private int offered;
  private long offeredBytes;
  private boolean scheduled;

  private record Task(Runnable work, long bytes, boolean offered) {}

  public Lane(Executor threads, String camera) {
    this.threads = requireNonNull(threads);
    this.camera = requireNonNull(camera);
  }

  /**
   * Hands over a task that keeps some bytes until it ran.
   *
   * @return whether there was room for it
   */
  public boolean offer(long bytes, Runnable work) {
    synchronized (tasks) {
      if (offered >= MAX_TASKS || offeredBytes + bytes > MAX_BYTES) {
        return false;
      }
      offered++;
      offeredBytes += bytes;
      enqueue(new Task(work, bytes, true));
    }
    return true;
  }

  /** Hands over a task that must not be lost; there can only be few of these at a time. */
  public void execute(Runnable work) {
    synchronized (tasks) {
      enqueue(new Task(work, 0, false));
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
      log.debug("camera {}: what comes after the end is left undone", camera, e);
    }
  }

  private void run() {
    for (int i = 0; i < TASKS_IN_A_ROW; i++) {
      Task task;
      synchronized (tasks) {
        task = tasks.poll();
        if (task == null) {
          scheduled = false;
          return;
        }
        if (task.offered()) {
          offered--;
          offeredBytes -= task.bytes();
        }
      }
      try {
        task.work().run();
      } catch (RuntimeException e) {
        log.error("camera {}: streaming failed on one step", camera, e);
      }
    }
    schedule();
  }
}
