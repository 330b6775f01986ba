package io.kydai.ingest.connect;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits the connection attempts to one host and port, so that a recorder with 64 channels is not
 * overloaded when it comes back. While the host cannot be reached, no camera tries to connect.
 * Instead, a single probe, a TCP connection that is closed at once, finds out for all of them when
 * the host accepts connections again.
 *
 * <p>A probe costs the device very little, so it is repeated about once a second at first: a host
 * that was away for seconds or minutes is found within two seconds. Requests that the device
 * refuses cost it more; their rate is limited by each camera's own {@link BackOff}.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>concurrent attempts, until PLAY is answered</td><td>8</td>
 *     <td>the others wait, first come, first served</td></tr>
 * <tr><td>time that an attempt is counted</td><td>2 s</td><td>another attempt may start, so that
 *     channels without an answer do not block the others: at least 4 attempts per second</td></tr>
 * <tr><td>probes</td><td>one at a time, after a random pause of 0.5 to 1.5 times the mean</td>
 *     <td></td></tr>
 * <tr><td>mean pause</td><td>1/600 of the time that the host has been unreachable, from 1 s (up to
 *     ten minutes) to 30 s; 6 s after an hour</td><td></td></tr>
 * <tr><td>waiting cameras</td><td>the configured cameras of the host</td><td></td></tr>
 * </table>
 *
 * <p>All work is done on the executor, whose ticker gives the time. Slots may be used on any
 * thread.
 */
public final class HostConnectionLimiter {
  static final int MAX_ATTEMPTS = 8;

  private static final Duration COUNTED_TIME = Duration.ofSeconds(2);
  private static final long UNREACHABLE_PER_PAUSE = 600;
  private static final long SHORTEST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

  /** Receives the events of one camera's slot, on the limiter's executor. */
  public interface Listener {
    /** Called when this camera may connect. */
    void mayConnect();

    /**
     * Called when the camera has to wait because its host cannot be reached.
     *
     * @param reason the failure of the attempt that found this out, which continues the sentence
     *     "the camera …"
     */
    void hostUnreachable(String reason);
  }

  /** Tests whether the host accepts connections. */
  public interface Probe {
    /**
     * Connects to the host and closes the connection. The future succeeds when the host accepted.
     */
    Future<Void> connect();
  }

  private final EventExecutor executor;
  private final Probe probe;
  private final DoubleSupplier random;
  private final Set<Slot> waiting = new LinkedHashSet<>();
  private int attempts;
  private boolean probing;

  /** The reason why the host cannot be reached; null while it can. */
  private @Nullable String unreachable;

  /** The time in nanoseconds since which the host cannot be reached; null when it can. */
  private @Nullable Long unreachableSince;

  /**
   * Creates the limiter of one host.
   *
   * @param random supplies numbers from 0 (inclusive) to 1 (exclusive)
   */
  public HostConnectionLimiter(EventExecutor executor, Probe probe, DoubleSupplier random) {
    this.executor = executor;
    this.probe = probe;
    this.random = random;
  }

  /** Returns a slot for one camera, which does not request a connection yet. */
  public Slot slot(Listener listener) {
    return new Slot(listener);
  }

  /** The slot of one camera. */
  public final class Slot {
    private final Listener listener;
    private boolean connecting;
    private @Nullable ScheduledFuture<?> counted;

    private Slot(Listener listener) {
      this.listener = listener;
    }

    /** Requests to connect. The listener is called when the camera may. */
    public void request() {
      executor.execute(
          () -> {
            waiting.add(this);
            String reason = unreachable;
            if (reason != null) {
              listener.hostUnreachable(reason);
            }
            proceed();
          });
    }

    /**
     * Ends the attempt or the request, because the camera plays, has failed otherwise, or is
     * removed. An attempt that ends in this way has reached the host.
     */
    public void release() {
      executor.execute(
          () -> {
            waiting.remove(this);
            if (connecting) {
              connecting = false;
              unreachableSince = null;
            }
            uncount();
          });
    }

    /**
     * Reports that the camera could not open a connection.
     *
     * @param reason continues the sentence "the camera …"
     */
    public void reportUnreachable(String reason) {
      executor.execute(
          () -> {
            connecting = false;
            unreachable = reason;
            if (unreachableSince == null) {
              unreachableSince = now();
            }
            uncount();
            List.copyOf(waiting).forEach(other -> other.listener.hostUnreachable(reason));
          });
    }

    private void begin() {
      connecting = true;
      attempts++;
      counted = executor.schedule(this::uncount, COUNTED_TIME.toNanos(), TimeUnit.NANOSECONDS);
      listener.mayConnect();
    }

    private void uncount() {
      ScheduledFuture<?> running = counted;
      if (running != null) {
        running.cancel(false);
        counted = null;
        attempts--;
      }
      proceed();
    }
  }

  private void proceed() {
    while (unreachable == null && attempts < MAX_ATTEMPTS && !waiting.isEmpty()) {
      Slot next = waiting.iterator().next();
      waiting.remove(next);
      next.begin();
    }
    if (unreachable != null && !probing && !waiting.isEmpty()) {
      probing = true;
      executor.schedule(this::probe, pause(), TimeUnit.NANOSECONDS);
    }
  }

  private long pause() {
    Long since = unreachableSince;
    long unreachableFor = since == null ? 0 : now() - since;
    long mean =
        Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, unreachableFor / UNREACHABLE_PER_PAUSE));
    return (long) (mean * (0.5 + random.getAsDouble()));
  }

  private void probe() {
    if (waiting.isEmpty()) {
      probing = false;
      return;
    }
    probe
        .connect()
        .addListener(
            done ->
                executor.execute(
                    () -> {
                      probing = false;
                      if (done.isSuccess()) {
                        unreachable = null;
                      }
                      proceed();
                    }));
  }

  private long now() {
    return executor.ticker().nanoTime();
  }
}
