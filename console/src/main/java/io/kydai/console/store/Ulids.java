package io.kydai.console.store;

import static java.util.Objects.requireNonNull;

import com.github.f4b6a3.ulid.Ulid;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * Generates ids that sort by time: ULIDs (github.com/ulid/spec), 26 characters of Crockford's base
 * 32 with 48 bits of milliseconds and 80 random bits. The ids of one instance strictly increase,
 * also within a millisecond and, unlike those of the library's own factories, after the clock is
 * set back. The methods may be called on any thread.
 */
public final class Ulids {
  /** Crockford's base 32; its first digit has two of the 130 bits too many, which are 0. */
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private static final Instant LAST_TIME = Instant.ofEpochMilli((1L << 48) - 1);

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private Ulid last = Ulid.MIN;

  /** Creates a generator that takes the time from a clock. */
  public Ulids(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  /** Returns whether a text is a ULID in capital letters. */
  public static boolean valid(String id) {
    if (id.length() != Ulid.ULID_CHARS || id.charAt(0) > '7') {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (DIGITS.indexOf(id.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the least ULID of a time, which is moved into the range that a ULID can have. */
  public static String least(Instant time) {
    long millis =
        time.isBefore(Instant.EPOCH)
            ? 0
            : time.isAfter(LAST_TIME) ? LAST_TIME.toEpochMilli() : time.toEpochMilli();
    return new Ulid(millis, new byte[Ulid.RANDOM_BYTES]).toString();
  }

  /**
   * Makes all further ids larger than one that an earlier process generated.
   *
   * @throws IllegalArgumentException when the text is not a ULID
   */
  public synchronized void startAfter(String id) {
    if (!valid(id)) {
      throw new IllegalArgumentException("not a ULID");
    }
    last = Ulid.from(id);
  }

  /** Returns the next id; an overflow of the random bits carries into the time. */
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
