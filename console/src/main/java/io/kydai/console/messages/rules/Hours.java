package io.kydai.console.messages.rules;

import static java.util.Objects.requireNonNull;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hours that come again each week, in local time.
 *
 * @param days the days on which they begin; null for every day
 * @param from the time at which they begin
 * @param to the time at which they end; one that is not after {@code from} is on the next day
 */
public record Hours(@Nullable List<DayOfWeek> days, LocalTime from, LocalTime to) {
  public Hours {
    days = days == null ? null : List.copyOf(days);
    requireNonNull(from);
    requireNonNull(to);
  }

  /** Returns whether a moment is in them; their end is not. */
  public boolean contains(ZonedDateTime at) {
    return beginOf(at) != null;
  }

  /** Returns the first moment from one on that is not in them; at most eight days later. */
  public ZonedDateTime after(ZonedDateTime at) {
    ZonedDateTime outside = at;
    // Hours that follow each other without a gap end after a week at the latest.
    for (int day = 0; day <= DayOfWeek.values().length; day++) {
      LocalDate begin = beginOf(outside);
      if (begin == null) {
        return outside;
      }
      LocalDate end = from.isBefore(to) ? begin : begin.plusDays(1);
      outside = end.atTime(to).atZone(at.getZone());
    }
    return outside;
  }

  /** Returns the day on which the hours began that a moment is in; null where it is in none. */
  private @Nullable LocalDate beginOf(ZonedDateTime at) {
    LocalTime time = at.toLocalTime();
    LocalDate day = at.toLocalDate();
    if (from.isBefore(to)) {
      if (time.isBefore(from) || !time.isBefore(to)) {
        return null;
      }
      return holdsOn(day) ? day : null;
    }
    if (time.isBefore(to) && holdsOn(day.minusDays(1))) {
      return day.minusDays(1);
    }
    return !time.isBefore(from) && holdsOn(day) ? day : null;
  }

  private boolean holdsOn(LocalDate day) {
    return days == null || days.contains(day.getDayOfWeek());
  }
}
