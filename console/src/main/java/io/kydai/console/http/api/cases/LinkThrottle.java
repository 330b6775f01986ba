package io.kydai.console.http.api.cases;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows those who try links that open nothing: after {@value #FREE} attempts within {@link #WINDOW}
 * an address waits until the window is over. At most {@value #MOST_ADDRESSES} addresses are known;
 * beyond that the one that failed longest ago is forgotten. Thread-safe.
 */
final class LinkThrottle {
  static final int FREE = 20;
  static final Duration WINDOW = Duration.ofMinutes(5);
  private static final int MOST_ADDRESSES = 10_000;

  private final Clock clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  private record Failures(int count, Instant until) {}

  LinkThrottle(Clock clock) {
    this.clock = clock;
  }

  /** Returns how long an address has to wait; zero when it has not to. */
  synchronized Duration wait(String address) {
    Failures known = failures.get(address);
    Instant now = clock.instant();
    return known == null || known.count() < FREE || !now.isBefore(known.until())
        ? Duration.ZERO
        : Duration.between(now, known.until());
  }

  /** Counts an attempt that opened nothing. */
  synchronized void failed(String address) {
    Instant now = clock.instant();
    Failures known = failures.get(address);
    failures.put(
        address,
        known != null && now.isBefore(known.until())
            ? new Failures(known.count() + 1, known.until())
            : new Failures(1, now.plus(WINDOW)));
  }
}
