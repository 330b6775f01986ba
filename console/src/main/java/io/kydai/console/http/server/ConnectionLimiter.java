package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the server's connections, so that clients that are slow or many cannot lock others out.
 *
 * <ul>
 *   <li>There are at most {@code limits.connections()} connections, of which the last {@code
 *       limits.reserved()} are only for loopback addresses: health checks and metrics of this
 *       machine.
 *   <li>One address has at most {@code limits.perAddress()} of them; an IPv6 address stands for its
 *       /64 network. A loopback address and a listed proxy's are exempt, because a proxy speaks for
 *       many. Whom it speaks for is not counted: a connection is counted before its first request.
 *   <li>Where a bound is reached, the connection that has waited longest for its next request gives
 *       way to the new one; where none waits, the new one is refused.
 * </ul>
 *
 * It may be called from any thread. A {@link Place} is given back once, however often it is told.
 */
public final class ConnectionLimiter {
  private final Limits.Connections limits;
  private final Predicate<InetAddress> proxy;
  private final Map<Object, Integer> perAddress = new HashMap<>();

  /** The longest waiting first. */
  private final Set<Place> waiting = new LinkedHashSet<>();

  private int open;

  public ConnectionLimiter(Limits.Connections limits) {
    this(limits, address -> false);
  }

  /**
   * @param proxy whether an address is a listed proxy's
   */
  public ConnectionLimiter(Limits.Connections limits, Predicate<InetAddress> proxy) {
    this.limits = requireNonNull(limits);
    this.proxy = requireNonNull(proxy);
  }

  /** How many connections are open, WebSockets among them. */
  public synchronized int open() {
    return open;
  }

  /**
   * Takes a connection in.
   *
   * @param evict closes the connection; it is called, from whichever thread, when the connection
   *     has to give way
   * @return the connection's place, which is closed with the connection; a place that is
   *     {@linkplain Place#refused() refused} counts for nothing
   */
  public Place enter(InetAddress address, Runnable evict) {
    @Nullable Place evicted = null;
    Place place;
    synchronized (this) {
      boolean loopback = address.isLoopbackAddress();
      Object key = key(address);
      if (!loopback
          && !proxy.test(address)
          && perAddress.getOrDefault(key, 0) >= limits.perAddress()) {
        evicted = evict(waiter -> waiter.key.equals(key));
        if (evicted == null) {
          return new Place(key, evict, true);
        }
      } else if (open >= limits.connections() - (loopback ? 0 : limits.reserved())) {
        evicted = evict(waiter -> true);
        if (evicted == null) {
          return new Place(key, evict, true);
        }
      }
      place = new Place(key, evict, false);
      open++;
      perAddress.merge(key, 1, Integer::sum);
      waiting.add(place);
    }
    if (evicted != null) {
      evicted.evict.run();
    }
    return place;
  }

  private @Nullable Place evict(Predicate<Place> which) {
    for (Iterator<Place> all = waiting.iterator(); all.hasNext(); ) {
      Place place = all.next();
      if (which.test(place)) {
        release(place);
        return place;
      }
    }
    return null;
  }

  private void release(Place place) {
    if (!place.released) {
      place.released = true;
      open--;
      perAddress.computeIfPresent(place.key, (key, count) -> count == 1 ? null : count - 1);
      waiting.remove(place);
    }
  }

  private static Object key(InetAddress address) {
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(Arrays.copyOf(address.getAddress(), 8))
        : address;
  }

  /** One connection's place. */
  public final class Place implements AutoCloseable {
    private final Object key;
    private final Runnable evict;
    private final boolean refused;
    private boolean released;

    private Place(Object key, Runnable evict, boolean refused) {
      this.key = key;
      this.evict = evict;
      this.refused = refused;
      this.released = refused;
    }

    /** Whether there was no place. */
    public boolean refused() {
      return refused;
    }

    /** The connection's request is complete: it is at work and does not give way. */
    void busy() {
      synchronized (ConnectionLimiter.this) {
        waiting.remove(this);
      }
    }

    /** The connection waits for its next request. */
    void waiting() {
      synchronized (ConnectionLimiter.this) {
        if (!released) {
          waiting.add(this);
        }
      }
    }

    @Override
    public void close() {
      synchronized (ConnectionLimiter.this) {
        release(this);
      }
    }
  }
}
