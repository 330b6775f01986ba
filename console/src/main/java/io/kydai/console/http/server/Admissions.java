package io.kydai.console.http.server;

import io.kydai.console.http.access.Requester;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts requests that take long, so that one who sends or reads slowly, or never, does not take
 * the place of the others. There are at most so many in all, of one caller, and of one address;
 * beyond it {@link #enter} refuses. Safe for many threads.
 */
final class Admissions {
  private final int most;
  private final int perCaller;
  private final int perAddress;
  private final Map<String, Integer> callers = new HashMap<>();
  private final Map<String, Integer> addresses = new HashMap<>();
  private int all;

  Admissions(int most, int perCaller, int perAddress) {
    this.most = most;
    this.perCaller = perCaller;
    this.perAddress = perAddress;
  }

  /** A place, which is given back once, however often it is told; or the refusal of one. */
  final class Place implements AutoCloseable {
    private final Requester requester;
    private final AtomicBoolean held;

    private Place(Requester requester, boolean held) {
      this.requester = requester;
      this.held = new AtomicBoolean(held);
    }

    /** Whether it was refused, or given back. */
    boolean none() {
      return !held.get();
    }

    @Override
    public void close() {
      if (held.getAndSet(false)) {
        leave(requester);
      }
    }
  }

  /** Takes a place for a request where there is one. */
  synchronized Place enter(Requester requester) {
    String caller = caller(requester);
    String address = requester.client().address();
    boolean free =
        all < most
            && callers.getOrDefault(caller, 0) < perCaller
            && addresses.getOrDefault(address, 0) < perAddress;
    if (free) {
      all++;
      callers.merge(caller, 1, Integer::sum);
      addresses.merge(address, 1, Integer::sum);
    }
    return new Place(requester, free);
  }

  synchronized int count() {
    return all;
  }

  private synchronized void leave(Requester requester) {
    all--;
    callers.computeIfPresent(caller(requester), (key, count) -> count == 1 ? null : count - 1);
    addresses.computeIfPresent(
        requester.client().address(), (key, count) -> count == 1 ? null : count - 1);
  }

  private static String caller(Requester requester) {
    return requester.caller().actor().kind() + " " + requester.caller().actor().id();
  }
}
