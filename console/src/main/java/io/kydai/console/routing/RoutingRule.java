package io.kydai.console.routing;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the routing table. A condition that is null holds for every report.
 *
 * @param id names the row, 1 to 63 characters
 * @param types the types of rules whose alerts it is for
 * @param areas the ids of areas in one of which the place has to be
 * @param days the days of the week on which it holds; where it holds over midnight, the day on
 *     which it begins
 * @param from the local time from which on it holds; null together with {@code to} for all day
 * @param to the local time before which it holds; a time before {@code from} is on the next day
 * @param agency the id of the agency that reports go to
 */
public record RoutingRule(
    String id,
    @Nullable List<String> types,
    @Nullable List<String> areas,
    @Nullable List<DayOfWeek> days,
    @Nullable LocalTime from,
    @Nullable LocalTime to,
    String agency) {
  public RoutingRule {
    types = types == null ? null : List.copyOf(types);
    areas = areas == null ? null : List.copyOf(areas);
    days = days == null ? null : List.copyOf(days);
  }

  /** Returns whether the row holds at a moment. */
  boolean holdsAt(ZonedDateTime at) {
    LocalTime time = at.toLocalTime();
    LocalDate day = at.toLocalDate();
    LocalTime begin = from;
    LocalTime end = to;
    if (begin != null && end != null) {
      if (begin.isBefore(end)) {
        if (time.isBefore(begin) || !time.isBefore(end)) {
          return false;
        }
      } else if (time.isBefore(end)) {
        // It began yesterday.
        day = day.minusDays(1);
      } else if (time.isBefore(begin)) {
        return false;
      }
    }
    return days == null || days.contains(day.getDayOfWeek());
  }
}
