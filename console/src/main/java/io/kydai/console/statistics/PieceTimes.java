package io.kydai.console.statistics;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of a span of time. They begin at multiples of their length after midnight of the local
 * time, so that an hour begins at the full hour also where a zone is half an hour off, and a day
 * ends at midnight when the clocks are changed.
 */
final class PieceTimes {
  /** The most pieces of an answer: a day by the minute, two months by the hour, four years. */
  static final int MOST = 1_500;

  private static final long SECONDS = 60;

  private final Step step;
  private final ZoneId zone;
  private final Instant from;
  private final Instant to;

  /**
   * A part of the span in which the zone's offset is the same.
   *
   * @param from minutes since 1970-01-01 UTC
   * @param to the end, which is not included
   * @param offset minutes that local time is ahead of UTC
   */
  record Part(int from, int to, int offset) {}

  private PieceTimes(Step step, ZoneId zone, Instant from, Instant to) {
    this.step = step;
    this.zone = zone;
    this.from = from;
    this.to = to;
  }

  /**
   * @throws InvalidStatisticsRequestException when the span is empty or has more than {@value
   *     #MOST} pieces
   */
  static PieceTimes of(StatisticsRequest request) {
    if (!request.from().isBefore(request.to())) {
      throw new InvalidStatisticsRequestException("to", "Expected: a time after 'from'.");
    }
    Step step = request.step();
    long pieces = ChronoUnit.MINUTES.between(request.from(), request.to()) / step.minutes();
    if (pieces > MOST) {
      throw new InvalidStatisticsRequestException(
          "step", "Expected: at most " + MOST + " pieces; ask for a longer step or less time.");
    }
    Instant from = begin(request.from(), step, request.zone());
    Instant last = begin(request.to().minusNanos(1), step, request.zone());
    return new PieceTimes(step, request.zone(), from, next(last, step, request.zone()));
  }

  private static Instant begin(Instant at, Step step, ZoneId zone) {
    if (step == Step.DAY) {
      return at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
    }
    long offset = zone.getRules().getOffset(at).getTotalSeconds();
    long length = step.minutes() * SECONDS;
    long local = at.getEpochSecond() + offset;
    return Instant.ofEpochSecond(Math.floorDiv(local, length) * length - offset);
  }

  private static Instant next(Instant begin, Step step, ZoneId zone) {
    return step == Step.DAY
        ? begin.atZone(zone).toLocalDate().plusDays(1).atStartOfDay(zone).toInstant()
        : begin.plusSeconds(step.minutes() * SECONDS);
  }

  Instant from() {
    return from;
  }

  Instant to() {
    return to;
  }

  /** Returns the parts between changes of the zone's offset; whole minutes. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    Instant begin = from;
    while (begin.isBefore(to)) {
      ZoneOffsetTransition change = zone.getRules().nextTransition(begin);
      Instant end = change == null || change.getInstant().isAfter(to) ? to : change.getInstant();
      int offset = zone.getRules().getOffset(begin).getTotalSeconds() / (int) SECONDS;
      parts.add(new Part(StatisticsBuffer.minute(begin), StatisticsBuffer.minute(end), offset));
      begin = end;
    }
    return parts;
  }

  /**
   * Returns when a piece begins.
   *
   * @param number the local minutes since 1970-01-01 over the step's minutes
   */
  Instant begin(long number, Part part) {
    LocalDateTime local =
        LocalDateTime.ofEpochSecond(number * step.minutes() * SECONDS, 0, ZoneOffset.UTC);
    return step == Step.DAY
        ? local.toLocalDate().atStartOfDay(zone).toInstant()
        : local.toInstant(ZoneOffset.ofTotalSeconds(part.offset() * (int) SECONDS));
  }

  /** Returns the length of the piece that begins at a moment, in milliseconds. */
  long millis(Instant begin) {
    return ChronoUnit.MILLIS.between(begin, next(begin, step, zone));
  }
}
