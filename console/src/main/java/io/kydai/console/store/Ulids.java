package io.kydai.console.store;

import static java.util.Objects.requireNonNull;

import com.github.f4b6a3.ulid.Ulid;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * Makes ids that sort by time: ULIDs (github.com/ulid/spec), 26 characters of Crockford's base 32,
 * 48 bits of milliseconds and 80 random bits. Those of one source grow strictly, also within a
 * millisecond and, other than those of the library's own factories, however far the clock is set
 * back. Any thread.
 */
public final class Ulids {
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private Ulid last = Ulid.MIN;

  public Ulids(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  /** Whether a text is such an id, in capital letters. */
  public static boolean valid(String id) {
    return Ulid.isValid(id) && Ulid.from(id).toString().equals(id);
  }

  /**
   * From now on ids are larger than this one, which an earlier process made.
   *
   * @throws IllegalArgumentException when it is no such id
   */
  public synchronized void startAfter(String id) {
    if (!valid(id)) {
      throw new IllegalArgumentException("not a ULID");
    }
    last = Ulid.from(id);
  }

  /** The next id. When a millisecond's random bits are used up, it carries into the time. */
  public synchronized String next() {
    long now = clock.millis();
    if (now > last.getTime()) {
      byte[] bits = new byte[Ulid.RANDOM_BYTES];
      random.nextBytes(bits);
      last = new Ulid(now, bits);
    } else {
      last = last.increment();
    }
    return last.toString();
  }
}
