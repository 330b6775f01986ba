package io.kydai.console.deadlines;

import io.kydai.console.settings.InvalidSettingException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When people work.
 *
 * @param id names it, 1 to 63 characters
 * @param zone the time zone of its times, such as {@code Asia/Ho_Chi_Minh}
 * @param hours the hours of work of a week; between two of them on one day is a pause, such as
 *     lunch. They do not overlap
 * @param yearly days of each year on which nobody works, such as {@code --09-02}
 * @param holidays other days on which nobody works
 * @param swapped days on which people work as on another day of the week, also where they are a
 *     holiday
 */
public record WorkingCalendar(
    String id,
    String zone,
    List<Hours> hours,
    List<MonthDay> yearly,
    List<LocalDate> holidays,
    List<Swapped> swapped) {
  private static final int MAX_HOURS = 70;
  private static final int MAX_DAYS = 2_000;

  /** So far ahead the end of a deadline is looked for. */
  private static final int MAX_AHEAD = 3_660;

  /**
   * Hours of work on days of the week.
   *
   * @param from when work begins
   * @param to when it ends; null for the end of the day
   */
  public record Hours(List<DayOfWeek> days, LocalTime from, @Nullable LocalTime to) {
    public Hours {
      days = List.copyOf(days);
    }
  }

  /** A day on which people work as on a day of the week. */
  public record Swapped(LocalDate date, DayOfWeek like) {}

  /** A span of work. */
  public record Span(Instant from, Instant to) {}

  public WorkingCalendar {
    hours = List.copyOf(hours);
    yearly = List.copyOf(yearly);
    holidays = List.copyOf(holidays);
    swapped = List.copyOf(swapped);
    if (id.isBlank() || id.length() > 63) {
      throw new InvalidSettingException("id", "1 to 63 characters");
    }
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new InvalidSettingException("zone", "a time zone such as Asia/Ho_Chi_Minh");
    }
    if (hours.isEmpty() || hours.size() > MAX_HOURS) {
      throw new InvalidSettingException("hours", "1 to " + MAX_HOURS + " spans of work");
    }
    if (yearly.size() + holidays.size() + swapped.size() > MAX_DAYS) {
      throw new InvalidSettingException("holidays", MAX_DAYS + " days at most");
    }
    Set<LocalDate> dates = new HashSet<>();
    for (Swapped one : swapped) {
      if (!dates.add(one.date())) {
        throw new InvalidSettingException("swapped", "each day once");
      }
    }
    checkHours(hours);
  }

  private static void checkHours(List<Hours> hours) {
    for (DayOfWeek day : DayOfWeek.values()) {
      LocalTime free = LocalTime.MIN;
      boolean whole = false;
      for (Hours one : on(day, hours)) {
        LocalTime to = one.to();
        if (whole || one.from().isBefore(free) || (to != null && !to.isAfter(one.from()))) {
          throw new InvalidSettingException(
              "hours", "spans that end after they begin and do not overlap");
        }
        whole = to == null;
        free = to == null ? free : to;
      }
    }
  }

  private static List<Hours> on(DayOfWeek day, List<Hours> hours) {
    return hours.stream()
        .filter(one -> one.days().contains(day))
        .sorted(Comparator.comparing(Hours::from))
        .toList();
  }

  /** Returns the spans of work of a date, in order. */
  private List<Span> work(LocalDate date) {
    DayOfWeek like = date.getDayOfWeek();
    boolean swappedDay = false;
    for (Swapped one : swapped) {
      if (one.date().equals(date)) {
        like = one.like();
        swappedDay = true;
      }
    }
    if (!swappedDay && (holidays.contains(date) || yearly.contains(MonthDay.from(date)))) {
      return List.of();
    }
    ZoneId here = ZoneId.of(zone);
    List<Span> spans = new ArrayList<>();
    for (Hours one : on(like, hours)) {
      LocalTime to = one.to();
      spans.add(
          new Span(
              date.atTime(one.from()).atZone(here).toInstant(),
              to == null
                  ? date.plusDays(1).atStartOfDay(here).toInstant()
                  : date.atTime(to).atZone(here).toInstant()));
    }
    return spans;
  }

  /**
   * Returns the moment at which people have worked for a time since a start, or the moment ten
   * years ahead where that is earlier.
   */
  Instant after(Instant start, Duration working) {
    Duration left = working;
    LocalDate date = start.atZone(ZoneId.of(zone)).toLocalDate();
    for (int i = 0; i < MAX_AHEAD; i++) {
      for (Span span : work(date.plusDays(i))) {
        Instant from = span.from().isBefore(start) ? start : span.from();
        if (from.isBefore(span.to())) {
          Duration length = Duration.between(from, span.to());
          if (length.compareTo(left) >= 0) {
            return from.plus(left);
          }
          left = left.minus(length);
        }
      }
    }
    return start.plus(Duration.ofDays(MAX_AHEAD));
  }

  /** Returns the first spans of work, or parts of them, from one moment to a later one. */
  List<Span> work(Instant from, Instant to, int most) {
    List<Span> all = new ArrayList<>();
    LocalDate first = from.atZone(ZoneId.of(zone)).toLocalDate();
    LocalDate last = to.atZone(ZoneId.of(zone)).toLocalDate();
    for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
      for (Span span : work(date)) {
        Instant begin = span.from().isBefore(from) ? from : span.from();
        Instant end = span.to().isAfter(to) ? to : span.to();
        if (begin.isBefore(end)) {
          all.add(new Span(begin, end));
        }
        if (all.size() == most) {
          return all;
        }
      }
    }
    return all;
  }

  /** Returns for how long people work from one moment to a later one. */
  Duration between(Instant from, Instant to) {
    Duration worked = Duration.ZERO;
    ZoneId here = ZoneId.of(zone);
    LocalDate last = to.atZone(here).toLocalDate();
    for (LocalDate date = from.atZone(here).toLocalDate();
        !date.isAfter(last);
        date = date.plusDays(1)) {
      for (Span span : work(date)) {
        Instant begin = span.from().isBefore(from) ? from : span.from();
        Instant end = span.to().isAfter(to) ? to : span.to();
        if (begin.isBefore(end)) {
          worked = worked.plus(Duration.between(begin, end));
        }
      }
    }
    return worked;
  }
}
