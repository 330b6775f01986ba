package io.kydai.console.deadlines;

import io.kydai.console.incidents.Priority;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long something may take. A condition that is null holds for every report.
 *
 * @param id names it, 1 to 63 characters
 * @param stage the part of a report's life
 * @param urgency the urgency of the reports that it is for
 * @param types the types of rules whose alerts it is for
 * @param from the first day on which it is in force; reports whose stage began before keep the rule
 *     of that day
 * @param until the first day on which it is not in force any more
 * @param calendar the id of the calendar in which the time is counted; null for every hour of every
 *     day
 * @param within how long it may take, in hours of the calendar
 * @param remind how long before its end somebody is reminded, in hours of the calendar
 * @param escalate how long after its end the next level hears of it, and then each further one
 * @param source the text that asks for it, for people
 * @param verified whether somebody held it against that text
 */
public record DeadlineRule(
    String id,
    Stage stage,
    @Nullable Priority urgency,
    @Nullable List<String> types,
    @Nullable LocalDate from,
    @Nullable LocalDate until,
    @Nullable String calendar,
    Duration within,
    Duration remind,
    Duration escalate,
    String source,
    boolean verified) {
  public DeadlineRule {
    types = types == null ? null : List.copyOf(types);
  }

  boolean isFor(Stage wanted, Priority priority, String type, LocalDate day) {
    return miss(wanted, priority, type, day) == null;
  }

  /** Returns why it is not for a report; null when it is. */
  DeadlineTrial.@Nullable Miss miss(Stage wanted, Priority priority, String type, LocalDate day) {
    if (stage != wanted) {
      return DeadlineTrial.Miss.STAGE;
    }
    if (urgency != null && urgency != priority) {
      return DeadlineTrial.Miss.URGENCY;
    }
    if (types != null && !types.contains(type)) {
      return DeadlineTrial.Miss.TYPE;
    }
    if (from != null && day.isBefore(from)) {
      return DeadlineTrial.Miss.NOT_YET;
    }
    return until != null && !day.isBefore(until) ? DeadlineTrial.Miss.NO_LONGER : null;
  }
}
