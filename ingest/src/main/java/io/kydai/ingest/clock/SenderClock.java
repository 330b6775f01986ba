package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.rtcp.SenderReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock of a camera by the RTCP sender reports (RFC 3550, section 6.4.1) of one
 * connection, while these are plausible.
 *
 * <p>Cameras' clocks are often wrong, by hours for a wrong time zone or by decades for an empty
 * battery. Some cameras send zero, or microseconds in place of the binary fraction, or RTP
 * timestamps that do not belong to the pictures. A report is used
 *
 * <ul>
 *   <li>while the reported time differs from this machine's at its arrival by at most 2 s, or by at
 *       most 4 s once reports are trusted; trust is lost only after two such reports in a row fail,
 *       because one may be delayed by a network stall;
 *   <li>when the time that passed since an earlier report agrees with the difference of their RTP
 *       timestamps to 100 ms plus a thousandth, so that neither a single report nor the first one
 *       after the camera's clock was set is used;
 *   <li>for five minutes after its arrival.
 * </ul>
 */
public final class SenderClock {
  private static final Duration MAX_OFFSET = Duration.ofSeconds(2);
  private static final Duration MAX_OFFSET_ONCE_TRUSTED = Duration.ofSeconds(4);
  private static final int FAILURES_TO_DISTRUST = 2;
  private static final long MAX_AGE = Duration.ofMinutes(5).toNanos();
  private static final long MAX_DISAGREEMENT = Duration.ofMillis(100).toNanos();

  private record Point(int ssrc, long timestamp, Instant time) {}

  private final int clockRate;
  private @Nullable Point trusted;
  private @Nullable Point candidate;
  private long trustedAt;
  private boolean plausible;
  private int failures;
  private @Nullable Duration offset;

  /**
   * Creates the clock of a connection.
   *
   * @param clockRate the RTP clock rate in ticks per second
   */
  public SenderClock(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * Adds a report.
   *
   * @param arrival its arrival time in nanoseconds of a monotonic clock
   * @param now its arrival time by this machine's wall clock
   */
  public void accept(SenderReport report, long arrival, Instant now) {
    Optional<Instant> time = report.time();
    if (time.isEmpty()) {
      return;
    }
    Duration ahead = Duration.between(now, time.get());
    offset = ahead;
    judge(ahead.abs());
    Point point = new Point(report.ssrc(), report.timestamp(), time.get());
    if (agrees(trusted, point) || agrees(candidate, point)) {
      trusted = point;
      trustedAt = arrival;
      candidate = null;
    } else {
      candidate = point;
    }
  }

  private void judge(Duration distance) {
    if (distance.compareTo(plausible ? MAX_OFFSET_ONCE_TRUSTED : MAX_OFFSET) <= 0) {
      plausible = true;
      failures = 0;
    } else if (++failures >= FAILURES_TO_DISTRUST) {
      plausible = false;
    }
  }

  private boolean agrees(@Nullable Point one, Point next) {
    if (one == null || one.ssrc != next.ssrc) {
      return false;
    }
    // The timestamps may have wrapped between the reports, so that the difference is taken modulo
    // 2^32 ticks.
    double seconds = (double) Duration.between(one.time, next.time).toNanos() / 1e9;
    double wrap = Math.scalb(1.0, 32) / clockRate;
    double off =
        Math.IEEEremainder(seconds - (double) (next.timestamp - one.timestamp) / clockRate, wrap);
    return Math.abs(off) * 1e9 <= MAX_DISAGREEMENT + Math.abs(seconds) * 1e6;
  }

  /**
   * Returns the time at which a picture was taken by the camera's clock; empty where no report is
   * trusted.
   *
   * @param source the SSRC of the picture's packets
   * @param timestamp the RTP timestamp of the picture, of which the low 32 bits are used
   * @param arrival the arrival time by the same clock as in {@link #accept}
   */
  public Optional<Instant> wallClock(int source, long timestamp, long arrival) {
    return plausible ? cameraTime(source, timestamp, arrival) : Optional.empty();
  }

  /**
   * As {@link #wallClock}, also while the camera's clock is wrong: the tracks of one camera have
   * the same wrong clock, and so are lined up by it.
   */
  public Optional<Instant> cameraTime(int source, long timestamp, long arrival) {
    if (arrival - trustedAt > MAX_AGE) {
      return Optional.empty();
    }
    Point point = trusted;
    if (point == null || point.ssrc != source) {
      return Optional.empty();
    }
    int ticks = MediaTime.timestampDifference(timestamp, point.timestamp);
    return Optional.of(point.time.plusNanos(Math.round(ticks * 1e9 / clockRate)));
  }

  /**
   * Returns by how much the camera's clock is ahead of this machine's by the newest report, trusted
   * or not; empty before the first report with a time.
   */
  public Optional<Duration> offset() {
    return Optional.ofNullable(offset);
  }
}
