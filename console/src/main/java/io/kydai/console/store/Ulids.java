package io.kydai.console.store;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.regex.Pattern;

/**
 * Makes ids that sort by time: ULIDs (github.com/ulid/spec), 26 characters of Crockford's base 32,
 * 48 bits of milliseconds and 80 random bits. Those of one source grow strictly, also within a
 * millisecond and when the clock is set back. Any thread.
 */
public final class Ulids {
  private static final char[] DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
  private static final Pattern VALID = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Z]{25}");
  private static final int LENGTH = 26;
  private static final int TIME_DIGITS = 10;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final byte[] last = new byte[LENGTH];
  private long lastMillis = -1;

  public Ulids(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  /** Whether a text is such an id. */
  public static boolean valid(String id) {
    return VALID.matcher(id).matches();
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
    long millis = 0;
    for (int i = 0; i < LENGTH; i++) {
      last[i] = (byte) "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(id.charAt(i));
      if (i < TIME_DIGITS) {
        millis = millis << 5 | last[i];
      }
    }
    lastMillis = millis;
  }

  /** The next id. */
  public synchronized String next() {
    long now = clock.millis();
    if (now > lastMillis) {
      lastMillis = now;
      for (int i = TIME_DIGITS - 1; i >= 0; i--) {
        last[i] = (byte) (now & 31);
        now >>>= 5;
      }
      for (int i = TIME_DIGITS; i < LENGTH; i++) {
        last[i] = (byte) random.nextInt(32);
      }
    } else {
      increment();
    }
    StringBuilder id = new StringBuilder(LENGTH);
    for (byte digit : last) {
      id.append(DIGITS[digit]);
    }
    return id.toString();
  }

  /** Carries into the time when the random digits are used up, which keeps the order. */
  private void increment() {
    int i = LENGTH - 1;
    while (last[i] == 31) {
      last[i--] = 0;
      if (i == TIME_DIGITS - 1) {
        lastMillis++;
      }
    }
    last[i]++;
  }
}
