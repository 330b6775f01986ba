package io.kydai.console.search;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * How long the lists of reports are among which searches choose the shortest, as far as somebody
 * counted lately. A length decides only which list is gone through, and never what is found: one
 * that has grown since costs time at most. Any thread.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>lengths</td><td>{@value #MAX}; the one that was not asked for longest is forgotten</td></tr>
 * <tr><td>a length</td><td>is counted anew after {@link #KEPT}</td></tr>
 * </table>
 */
final class ListLengths {
  static final int MAX = 1_000;
  static final Duration KEPT = Duration.ofMinutes(1);

  private final Clock clock;
  private final Map<Object, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Known> eldest) {
          return size() > MAX;
        }
      };

  private record Known(int length, Instant at) {}

  ListLengths(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  /**
   * Returns the length of a list.
   *
   * @param list names it
   * @param count counts it; two threads may count at the same time
   */
  int of(Object list, IntSupplier count) {
    Instant now = clock.instant();
    Known last;
    synchronized (known) {
      last = known.get(list);
    }
    // Also where the clock was set back.
    if (last != null && Duration.between(last.at(), now).abs().compareTo(KEPT) < 0) {
      return last.length();
    }
    int length = count.getAsInt();
    synchronized (known) {
      known.put(list, new Known(length, now));
    }
    return length;
  }
}
