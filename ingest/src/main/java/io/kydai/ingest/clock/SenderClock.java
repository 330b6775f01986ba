package io.kydai.ingest.clock;

import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.rtcp.SenderReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock of a camera, by its sender reports, as far as they can be believed. One
 * connection's.
 *
 * <p>Cameras' clocks are often wrong, by hours for a missed time zone or by decades for an empty
 * battery; some send zero; some put microseconds where a fraction belongs, or timestamps that are
 * not those of the pictures. A report counts
 *
 * <ul>
 *   <li>while the reports' time is not further from ours, when they come, than 2 s, or 4 s once
 *       they are believed (two in a row must fail, for one may be stuck in a stalled network);
 *   <li>when it goes as far from the report before as the timestamps do, to 100 ms and a
 *       thousandth: one report alone is not believed, nor the first one after a clock was set;
 *   <li>for five minutes; then the camera has stopped to send them.
 * </ul>
 */
public final class SenderClock {
  private static final Duration BELIEVED = Duration.ofSeconds(2);
  private static final Duration STILL_BELIEVED = Duration.ofSeconds(4);
  private static final int FAILURES = 2;
  private static final long MAX_AGE = Duration.ofMinutes(5).toNanos();
  private static final long MAX_DISAGREEMENT = Duration.ofMillis(100).toNanos();

  private record Point(int ssrc, long timestamp, Instant time) {}

  private final int clockRate;
  private @Nullable Point trusted;
  private @Nullable Point candidate;
  private long trustedAt;
  private boolean believed;
  private int failures;
  private @Nullable Duration offset;

  /**
   * @param clockRate of the timestamps, in ticks per second
   */
  public SenderClock(int clockRate) {
    this.clockRate = clockRate;
  }

  /**
   * Takes a report.
   *
   * @param arrival in nanoseconds of a clock that never goes backwards
   * @param now the same on the wall
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
    if (distance.compareTo(believed ? STILL_BELIEVED : BELIEVED) <= 0) {
      believed = true;
      failures = 0;
    } else if (++failures >= FAILURES) {
      believed = false;
    }
  }

  private boolean agrees(@Nullable Point one, Point next) {
    if (one == null || one.ssrc != next.ssrc) {
      return false;
    }
    // Wraps of the timestamp are taken off: what matters is whether there is a whole number of
    // them.
    double seconds = (double) Duration.between(one.time, next.time).toNanos() / 1e9;
    double wrap = Math.scalb(1.0, 32) / clockRate;
    double off =
        Math.IEEEremainder(seconds - (double) (next.timestamp - one.timestamp) / clockRate, wrap);
    return Math.abs(off) * 1e9 <= MAX_DISAGREEMENT + Math.abs(seconds) * 1e6;
  }

  /**
   * When the picture of that timestamp was taken; empty where no report can be believed.
   *
   * @param arrival as for {@link #accept}
   */
  public Optional<Instant> wallClock(int source, long timestamp, long arrival) {
    if (!believed || arrival - trustedAt > MAX_AGE) {
      return Optional.empty();
    }
    Point point = trusted;
    if (point == null || point.ssrc != source) {
      return Optional.empty();
    }
    int ticks = MediaTime.timestampDifference(timestamp, point.timestamp);
    return Optional.of(point.time.plusNanos(Math.round(ticks * 1e9 / clockRate)));
  }

  /** How far the camera's clock is before ours, believed or not, by the newest report. */
  public Optional<Duration> offset() {
    return Optional.ofNullable(offset);
  }
}
