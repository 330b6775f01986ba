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
 * Lets the cameras behind one host and port in one after the other, so that a recorder with 64
 * channels is not overrun when it comes back. While its host takes no connection, no camera tries:
 * one bare TCP connection at a time, closed again at once, finds out for all of them when it does.
 *
 * <p>Such a probe costs a device next to nothing, so it is repeated each second or so: a host that
 * was away for seconds or minutes is found within two seconds. What costs a device work, a request
 * that it refuses, is up to each camera's own {@link BackOff}.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>attempts under way, until PLAY is answered</td><td>8</td><td>the others wait, first
 *     come, first served</td></tr>
 * <tr><td>counted as under way</td><td>2 s</td><td>another one is let in, so that channels that do
 *     not answer do not keep the others out: 4 attempts per second at worst</td></tr>
 * <tr><td>probes</td><td>one at a time; its pause is drawn from 0.5 to 1.5 times the mean</td>
 *     <td></td></tr>
 * <tr><td>mean pause</td><td>1/600 of the time that the host has been away: 1 s up to ten minutes,
 *     6 s after an hour, 30 s at most</td><td></td></tr>
 * <tr><td>cameras that wait</td><td>those that were added</td><td></td></tr>
 * </table>
 *
 * <p>Everything happens on the executor, whose clock counts; places may be used on any thread.
 */
public final class HostConnectionLimiter {
  static final int MAX_UNDER_WAY = 8;

  private static final Duration COUNTED = Duration.ofSeconds(2);
  private static final long AWAY_PER_PAUSE = 600;
  private static final long SHORTEST_PAUSE = Duration.ofSeconds(1).toNanos();
  private static final long LONGEST_PAUSE = Duration.ofSeconds(30).toNanos();

  /** A camera, as the gate sees it. It is called on the gate's executor. */
  public interface Guest {
    /** It is this camera's turn to connect. */
    void enter();

    /**
     * It has to wait, because its host cannot be reached.
     *
     * @param reason what the camera heard that found it out
     */
    void unreachable(String reason);
  }

  /** Finds out whether the host takes a connection. */
  public interface Probe {
    /** Succeeds when it did. */
    Future<Void> connect();
  }

  private final EventExecutor executor;
  private final Probe probe;
  private final DoubleSupplier random;
  private final Set<Place> waiting = new LinkedHashSet<>();
  private int underWay;
  private boolean probing;

  /** Why the host cannot be reached, while it cannot. */
  private @Nullable String unreachable;

  /** Since when nobody has reached it. */
  private @Nullable Long awaySince;

  /**
   * @param random gives numbers from 0 to below 1
   */
  public HostConnectionLimiter(EventExecutor executor, Probe probe, DoubleSupplier random) {
    this.executor = executor;
    this.probe = probe;
    this.random = random;
  }

  public Place place(Guest guest) {
    return new Place(guest);
  }

  /** One camera's place at the gate. */
  public final class Place {
    private final Guest guest;
    private boolean inside;
    private @Nullable ScheduledFuture<?> counted;

    private Place(Guest guest) {
      this.guest = guest;
    }

    /** The camera wants to connect: it hears when it may. */
    public void await() {
      executor.execute(
          () -> {
            waiting.add(this);
            String reason = unreachable;
            if (reason != null) {
              guest.unreachable(reason);
            }
            goOn();
          });
    }

    /** The camera plays, or has given up; its host was there. */
    public void leave() {
      executor.execute(
          () -> {
            waiting.remove(this);
            if (inside) {
              inside = false;
              awaySince = null;
            }
            discount();
          });
    }

    /** The camera could not open a connection. */
    public void unreachable(String reason) {
      executor.execute(
          () -> {
            inside = false;
            unreachable = reason;
            if (awaySince == null) {
              awaySince = now();
            }
            discount();
            List.copyOf(waiting).forEach(other -> other.guest.unreachable(reason));
          });
    }

    private void enter() {
      inside = true;
      underWay++;
      counted = executor.schedule(this::discount, COUNTED.toNanos(), TimeUnit.NANOSECONDS);
      guest.enter();
    }

    private void discount() {
      ScheduledFuture<?> running = counted;
      if (running != null) {
        running.cancel(false);
        counted = null;
        underWay--;
      }
      goOn();
    }
  }

  private void goOn() {
    while (unreachable == null && underWay < MAX_UNDER_WAY && !waiting.isEmpty()) {
      Place next = waiting.iterator().next();
      waiting.remove(next);
      next.enter();
    }
    if (unreachable != null && !probing && !waiting.isEmpty()) {
      probing = true;
      executor.schedule(this::probe, pause(), TimeUnit.NANOSECONDS);
    }
  }

  private long pause() {
    Long since = awaySince;
    long away = since == null ? 0 : now() - since;
    long mean = Math.max(SHORTEST_PAUSE, Math.min(LONGEST_PAUSE, away / AWAY_PER_PAUSE));
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
                      goOn();
                    }));
  }

  private long now() {
    return executor.ticker().nanoTime();
  }
}
