package io.kydai.ingest.clock;

import io.kydai.ingest.rtcp.SenderReport;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A camera, its network and our clocks as numbers: hours of pictures in milliseconds. All its times
 * are in seconds from when the camera was added. What a test does not change is right.
 */
final class SimulatedCamera {
  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final double SETTLE = 1e-9;

  /** What is true of a picture, and what came out. */
  record Seen(double taken, double arrived, boolean keyFrame, PictureTimes.Times times) {
    /** Wall clock less truth. */
    double error() {
      return seconds(times.wallClock()) - taken;
    }

    double media() {
      return times.mediaTime() / 90_000.0;
    }
  }

  double picturesPerSecond = 25;
  int keyFrameEvery = 50;
  double ticksPerSecond = 90_000;
  double latency = 0.05;
  double jitter = 0.01;

  /** From when on the camera sends reports, and until when. */
  double reportsFrom = Double.MAX_VALUE;

  double reportsUntil = Double.MAX_VALUE;

  /** How far the camera's wall clock, and ours, is before the truth. */
  double cameraWrong;

  double oursWrong;

  private final Random random = new Random(1);
  private double arrival;
  private double taken;
  private double nextReport = Double.NaN;
  private long pictures;
  private SenderClock senderClock = new SenderClock(90_000);
  private double ticksAtStart = 4_000_000_000.0;
  private double startedAt;

  private final PictureTimes times =
      new PictureTimes(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return at(arrival + oursWrong);
            }
          },
          this::nanos);

  SimulatedCamera() {
    times.reconnected(90_000);
  }

  private long nanos() {
    return Math.round(arrival * 1e9);
  }

  private static Instant at(double seconds) {
    return NOON.plusNanos(Math.round(seconds * 1e9));
  }

  static double seconds(Instant time) {
    return (time.getEpochSecond() - NOON.getEpochSecond()) + time.getNano() / 1e9;
  }

  /** The RTP timestamp of a moment; the camera's oscillator may be changed while it runs. */
  private double ticks(double when) {
    return ticksAtStart + (when - startedAt) * ticksPerSecond;
  }

  /** The oscillator runs differently from now on. */
  void ticksPerSecond(double changed) {
    ticksAtStart = ticks(taken);
    startedAt = taken;
    ticksPerSecond = changed;
  }

  void reconnect(double after) {
    taken += after;
    ticksAtStart = random.nextLong(1L << 32);
    startedAt = taken;
    senderClock = new SenderClock(90_000);
    nextReport = Double.NaN;
    pictures = 0;
    times.reconnected(90_000);
  }

  /** Pictures for so long. */
  void run(double seconds, Consumer<Seen> each) {
    for (double end = taken + seconds; taken < end - SETTLE; taken += 1 / picturesPerSecond) {
      each.accept(picture());
    }
  }

  private Seen picture() {
    arrival = Math.max(arrival, taken + latency + random.nextDouble() * jitter);
    report();
    long timestamp = Math.round(ticks(taken)) & 0xffff_ffffL;
    boolean keyFrame = pictures++ % keyFrameEvery == 0;
    PictureTimes.Times its =
        times.of(
            timestamp,
            keyFrame,
            pictures == 1,
            0,
            senderClock.wallClock(7, timestamp, nanos()).orElse(null));
    return new Seen(taken, arrival, keyFrame, its);
  }

  private void report() {
    if (taken < reportsFrom || taken > reportsUntil || taken < nextReport) {
      return;
    }
    nextReport = taken + 5;
    Instant time = at(taken + cameraWrong);
    long fraction = Math.round(time.getNano() * 4.294967296);
    long ntp = (time.getEpochSecond() + 2_208_988_800L << 32) + fraction;
    senderClock.accept(
        new SenderReport(7, ntp, Math.round(ticks(taken)) & 0xffff_ffffL),
        nanos(),
        at(arrival + oursWrong));
  }

  Optional<Double> cameraOffset() {
    return senderClock.offset().map(offset -> offset.toNanos() / 1e9);
  }
}
