package io.kydai.ingest.media;

import java.time.Duration;

/**
 * A point on a camera's media time line, or a span of it, in ticks of 1/90000 s: the clock rate of
 * RTP's video payload formats (RFC 3550, section 5.1; RFC 6184, section 8.2.1), unwrapped to 64
 * bits. A point is the time since the camera was added; a negative value is an earlier point.
 *
 * <p>This class is the only place that converts ticks. The static methods do the same as the
 * methods of a value, without an object, for code that runs for each packet or for each pixel.
 *
 * <ul>
 *   <li><b>To ticks</b> each conversion gives the nearest tick; half a tick is rounded up.
 *   <li><b>From ticks</b> each conversion to a whole number rounds towards negative infinity, so
 *       that a converted time is never later than the point.
 *   <li>Therefore conversions from ticks to nanoseconds, to a {@link Duration} or to a timescale of
 *       at least 90000 and back, and from milliseconds to ticks and back, return the original
 *       value. So do conversions from ticks to seconds in a {@code double} and back for ticks below
 *       2<sup>50</sup> (about 400 years).
 *   <li><b>Overflow</b>: a result that exceeds 64 bits, or comes close to that, throws {@link
 *       ArithmeticException} and never wraps. 64 bits hold 3.2 million years of ticks and 292 years
 *       of nanoseconds.
 * </ul>
 *
 * @param ticks the time in units of 1/90000 s
 */
public record MediaTime(long ticks) implements Comparable<MediaTime> {
  /** The number of ticks in a second. */
  public static final int TICKS_PER_SECOND = 90_000;

  /** The point at which the camera was added; the span of no length. */
  public static final MediaTime ZERO = new MediaTime(0);

  private static final int TICKS_PER_MILLISECOND = TICKS_PER_SECOND / 1000;
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /** A tick lasts 100000/9 nanoseconds. */
  private static final int NANOS = 100_000;

  private static final int TICKS = 9;

  /** Returns the media time nearest to a duration. */
  public static MediaTime of(Duration duration) {
    return new MediaTime(ticks(duration));
  }

  /**
   * Returns the media time nearest to a number of seconds.
   *
   * @throws ArithmeticException when the argument is NaN or the result exceeds 64 bits
   */
  public static MediaTime ofSeconds(double seconds) {
    return new MediaTime(ticksOfSeconds(seconds));
  }

  /** Returns the media time of a number of milliseconds, which is exact. */
  public static MediaTime ofMillis(long millis) {
    return new MediaTime(ticksOfMillis(millis));
  }

  /** Returns the media time nearest to a number of nanoseconds. */
  public static MediaTime ofNanos(long nanos) {
    return new MediaTime(ticksOfNanos(nanos));
  }

  /** Returns the media time nearest to a number of units of 1/timescale s. */
  public static MediaTime ofTimescale(long value, int timescale) {
    return new MediaTime(rescale(value, timescale, TICKS_PER_SECOND));
  }

  /** Returns this time as a duration, rounded down to the nanosecond. */
  public Duration toDuration() {
    long seconds = Math.floorDiv(ticks, TICKS_PER_SECOND);
    return Duration.ofSeconds(seconds, nanos(Math.floorMod(ticks, TICKS_PER_SECOND)));
  }

  /** Returns this time in seconds. */
  public double toSeconds() {
    return seconds(ticks);
  }

  /** Returns this time in milliseconds, rounded down. */
  public long toMillis() {
    return millis(ticks);
  }

  /** Returns this time in nanoseconds, rounded down. */
  public long toNanos() {
    return nanos(ticks);
  }

  /** Returns this time in units of 1/timescale s, rounded to the nearest. */
  public long toTimescale(int timescale) {
    return rescale(ticks, TICKS_PER_SECOND, timescale);
  }

  /** Returns the time later than this one by a span. */
  public MediaTime plus(MediaTime span) {
    return new MediaTime(Math.addExact(ticks, span.ticks));
  }

  /** Returns the span from another time to this one, which is negative when the other is later. */
  public MediaTime minus(MediaTime other) {
    return new MediaTime(Math.subtractExact(ticks, other.ticks));
  }

  @Override
  public int compareTo(MediaTime other) {
    return Long.compare(ticks, other.ticks);
  }

  /** Returns the number of ticks nearest to a duration. */
  public static long ticks(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.getSeconds(), (long) TICKS_PER_SECOND),
        ticksOfNanos(duration.getNano()));
  }

  /** Returns the number of ticks of a number of seconds, which is exact. */
  public static long ticksOfSeconds(long seconds) {
    return Math.multiplyExact(seconds, (long) TICKS_PER_SECOND);
  }

  /**
   * Returns the number of ticks nearest to a number of seconds.
   *
   * @throws ArithmeticException when the argument is NaN or the result exceeds 64 bits
   */
  public static long ticksOfSeconds(double seconds) {
    double ticks = seconds * TICKS_PER_SECOND;
    if (!(Math.abs(ticks) < Long.MAX_VALUE)) {
      throw new ArithmeticException(seconds + " s cannot be represented as media time");
    }
    return Math.round(ticks);
  }

  /** Returns the number of ticks of a number of milliseconds, which is exact. */
  public static long ticksOfMillis(long millis) {
    return Math.multiplyExact(millis, (long) TICKS_PER_MILLISECOND);
  }

  /** Returns the number of ticks nearest to a number of nanoseconds. */
  public static long ticksOfNanos(long nanos) {
    return rescale(nanos, NANOS, TICKS);
  }

  /** Converts ticks to seconds. */
  public static double seconds(long ticks) {
    return (double) ticks / TICKS_PER_SECOND;
  }

  /** Converts ticks to milliseconds, rounded down. */
  public static long millis(long ticks) {
    return Math.floorDiv(ticks, TICKS_PER_MILLISECOND);
  }

  /** Converts ticks to nanoseconds, rounded down. */
  public static long nanos(long ticks) {
    long rest = Math.floorMod(ticks, TICKS);
    return Math.addExact(
        Math.multiplyExact(Math.floorDiv(ticks, TICKS), (long) NANOS), rest * NANOS / TICKS);
  }

  /** Returns the number of ticks in a nanosecond, for estimates in floating point. */
  public static double ticksPerNano() {
    return (double) TICKS_PER_SECOND / NANOS_PER_SECOND;
  }

  /**
   * Converts a number of units of 1/from s to the nearest number of units of 1/to s.
   *
   * @param from the timescale of the value in units per second, at least 1
   * @param to the timescale of the result in units per second, at least 1
   */
  public static long rescale(long value, int from, int to) {
    if (from < 1 || to < 1) {
      throw new IllegalArgumentException(
          "timescales must be at least 1, not " + from + " and " + to);
    }
    long rest = Math.floorMod(value, from);
    return Math.addExact(
        Math.multiplyExact(Math.floorDiv(value, from), (long) to), (rest * to + from / 2) / from);
  }

  /**
   * Returns the difference of two RTP timestamps modulo 2<sup>32</sup> (RFC 3550, section 5.1) with
   * the smaller absolute value.
   *
   * @param timestamp the minuend, of which the low 32 bits are used
   * @param earlier the subtrahend, of which the low 32 bits are used, so that it may be unwrapped
   * @return the difference in ticks, -2<sup>31</sup> to 2<sup>31</sup> - 1
   */
  public static int timestampDifference(long timestamp, long earlier) {
    return (int) (timestamp - earlier);
  }
}
