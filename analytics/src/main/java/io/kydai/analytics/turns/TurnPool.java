package io.kydai.analytics.turns;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads that give turns to any number of queues.
 *
 * <ul>
 *   <li>A queue has at most one turn at a time, and its turns see each other's memory effects.
 *   <li>While all want more turns than there are, each queue's share of the threads' time is in
 *       proportion to its weight, however long its turns take, and nobody starves: {@link
 *       FairQueue} says how. Queues of equal weight and equally long turns take turns in order.
 *   <li>{@link Queue#wake} never waits for a turn, and as often as it is called, a queue waits for
 *       its next turn once: no more turns are waited for than there are queues.
 *   <li>What a turn throws is logged and ends neither the thread nor the queue.
 * </ul>
 *
 * @param <W> what each thread brings along to its turns, such as a detector
 */
public final class TurnPool<W> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TurnPool.class);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition queueReady = lock.newCondition();
  private final Condition turnEnded = lock.newCondition();
  private final LongSupplier nanoTime;
  // INVARIANT: holds exactly the queues whose state is READY.
  private final FairQueue<Queue> ready = new FairQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private boolean closed;

  /**
   * Starts one thread for each worker.
   *
   * @param name of the threads: what they are for, as in {@link NamedThreadFactory}
   * @param workers closed by the caller, after this
   */
  public TurnPool(String name, List<W> workers) {
    this(name, workers, System::nanoTime);
  }

  /**
   * The same, by another clock.
   *
   * @param nanoTime the clock that measures a turn, 1e-9 s; asked by the thread of the turn
   */
  public TurnPool(String name, List<W> workers, LongSupplier nanoTime) {
    this.nanoTime = requireNonNull(nanoTime);
    if (workers.isEmpty()) {
      throw new IllegalArgumentException("a pool has at least one worker");
    }
    NamedThreadFactory names = NamedThreadFactory.daemon(name);
    for (W worker : workers) {
      threads.add(names.newThread(() -> serve(worker)));
    }
    threads.forEach(Thread::start);
  }

  /** A new queue, which gets turns whenever it was woken. */
  public Queue queue(String name, Turn<W> turn) {
    return new Queue(name, turn);
  }

  /** Returns whether the caller runs inside a turn of this pool, and so must not wait for one. */
  public boolean inTurn() {
    return threads.contains(Thread.currentThread());
  }

  /** Returns whether every thread is there to give turns. */
  public boolean isAlive() {
    return threads.stream().allMatch(Thread::isAlive);
  }

  /** Ends the threads after the turns that are under way; waiting queues get no more turns. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      queueReady.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive() && thread != Thread.currentThread()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true; // Native memory may be freed only after the last turn: wait on.
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(W worker) {
    Queue queue = next();
    while (queue != null) {
      boolean more = false;
      long start = nanoTime.getAsLong();
      try {
        more = queue.turn.take(worker);
      } catch (RuntimeException | Error e) {
        LOG.error("{}: a turn failed", queue.name, e);
      }
      queue.ended(more, Math.max(0, nanoTime.getAsLong() - start));
      queue = next();
    }
  }

  /** The next queue, now running, or null when the pool is closed. */
  private @Nullable Queue next() {
    lock.lock();
    try {
      while (!closed && ready.isEmpty()) {
        queueReady.awaitUninterruptibly();
      }
      if (closed) {
        return null;
      }
      Queue queue = ready.next().owner();
      queue.state = State.RUNNING;
      return queue;
    } finally {
      lock.unlock();
    }
  }

  private enum State {
    IDLE,
    READY,
    RUNNING,
    /** Running, and woken in the meantime. */
    WOKEN,
    CLOSED,
    /** Closed while running; the turn is not over yet. */
    CLOSING
  }

  /** Work that is done in order, one turn at a time. */
  public final class Queue implements AutoCloseable {
    private final String name;
    private final Turn<W> turn;
    private final FairQueue.Place<Queue> place = ready.place(this);
    private double weight = 1;
    private State state = State.IDLE;

    private Queue(String name, Turn<W> turn) {
      this.name = requireNonNull(name);
      this.turn = requireNonNull(turn);
    }

    /**
     * Sets how large a share this queue has, compared with others; 1 until it is set.
     *
     * @param weight above 0; counts from the turn on that ends next
     */
    public void weigh(double weight) {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a weight above 0 is needed, not " + weight);
      }
      lock.lock();
      try {
        this.weight = weight;
      } finally {
        lock.unlock();
      }
    }

    /** Says that there is something to do; does nothing once the queue is closed. */
    public void wake() {
      lock.lock();
      try {
        if (state == State.IDLE) {
          enqueue();
        } else if (state == State.RUNNING) {
          state = State.WOKEN;
        }
      } finally {
        lock.unlock();
      }
    }

    private void ended(boolean more, long nanos) {
      lock.lock();
      try {
        ready.spent(place, nanos, weight);
        if (state == State.CLOSING) {
          state = State.CLOSED;
          turnEnded.signalAll();
        } else if (more || state == State.WOKEN) {
          enqueue();
        } else {
          state = State.IDLE;
        }
      } finally {
        lock.unlock();
      }
    }

    private void enqueue() {
      state = State.READY;
      ready.enter(place);
      queueReady.signal();
    }

    /**
     * Ends the queue: no turn is under way when this returns, and none will be.
     *
     * @throws IllegalStateException when called from a turn of the same pool, which could wait for
     *     itself
     */
    @Override
    public void close() {
      if (inTurn()) {
        throw new IllegalStateException("a turn must not close a queue of its own pool");
      }
      lock.lock();
      try {
        switch (state) {
          case IDLE -> state = State.CLOSED;
          case READY -> {
            ready.leave(place);
            state = State.CLOSED;
          }
          case RUNNING, WOKEN -> state = State.CLOSING;
          case CLOSED, CLOSING -> {
            // Closed before; only the turn is still to be waited for.
          }
        }
        while (state == State.CLOSING) {
          turnEnded.awaitUninterruptibly();
        }
      } finally {
        lock.unlock();
      }
    }
  }
}
