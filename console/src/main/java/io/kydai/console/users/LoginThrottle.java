package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Slows the guessing of passwords, for each account and for each client's address. After some
 * failures each further one doubles the time to wait. An account that does not exist is slowed as
 * one that does. A success ends the waiting of its account; a key without a failure for {@link
 * #MEMORY} is forgotten.
 *
 * <p>At most {@value #MAX_KEYS} keys are kept; beyond that the one that failed longest ago is
 * forgotten.
 */
final class LoginThrottle {
  static final int FREE_OF_ACCOUNT = 5;
  static final int FREE_OF_ADDRESS = 20;
  static final Duration MEMORY = Duration.ofMinutes(15);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int MAX_KEYS = 20_000;
  private static final int MAX_DOUBLINGS = 20;

  private record Failures(int count, Instant last, Instant blockedUntil) {}

  private final Clock clock;
  private final Map<String, Failures> failures =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MAX_KEYS;
        }
      };

  LoginThrottle(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  /** Returns the time to wait before the next attempt; zero when there is none. */
  synchronized Duration wait(String account, String address) {
    Instant now = clock.instant();
    Duration longest = Duration.ZERO;
    for (String key : keys(account, address)) {
      Failures known = failures.get(key);
      if (known != null && now.isBefore(known.blockedUntil())) {
        Duration wait = Duration.between(now, known.blockedUntil());
        longest = wait.compareTo(longest) > 0 ? wait : longest;
      }
    }
    return longest;
  }

  synchronized void failed(String account, String address) {
    List<String> keys = keys(account, address);
    count(keys.get(0), FREE_OF_ACCOUNT);
    count(keys.get(1), FREE_OF_ADDRESS);
  }

  private void count(String key, int free) {
    Instant now = clock.instant();
    Failures known = failures.get(key);
    int count = known == null || now.isAfter(known.last().plus(MEMORY)) ? 1 : known.count() + 1;
    Duration block = Duration.ZERO;
    if (count > free) {
      block = Duration.ofSeconds(1L << Math.min(count - free - 1, MAX_DOUBLINGS));
      block = block.compareTo(LONGEST) > 0 ? LONGEST : block;
    }
    failures.put(key, new Failures(count, now, now.plus(block)));
  }

  synchronized void succeeded(String account) {
    failures.remove(accountKey(account));
  }

  private static List<String> keys(String account, String address) {
    return List.of(accountKey(account), "address " + address);
  }

  private static String accountKey(String account) {
    String name = account.toLowerCase(Locale.ROOT);
    // A name is client's input: a long one must not cost memory.
    return "account " + (name.length() > 100 ? RandomSecret.hash(name) : name);
  }
}
