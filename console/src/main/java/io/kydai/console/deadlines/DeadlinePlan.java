package io.kydai.console.deadlines;

import io.kydai.console.incidents.Priority;
import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.InvalidSettingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The calendars and rules of a site: the first rule that is for a report holds.
 *
 * @param zone the time zone in which days begin on which rules come into force
 * @param calendars at most 100
 * @param rules at most 500, in the order in which they are looked at
 */
public record DeadlinePlan(String zone, List<WorkingCalendar> calendars, List<DeadlineRule> rules) {
  private static final int MAX_CALENDARS = 100;
  private static final int MAX_RULES = 500;
  private static final Duration LONGEST = Duration.ofDays(366);

  /** The setting; its initial value are the presets, which hold once a site has stored them. */
  public static final DeskSetting<DeadlinePlan> SETTING =
      new DeskSetting<>("deadlines", DeadlinePlan.class, Presets.PLAN);

  public DeadlinePlan {
    calendars = List.copyOf(calendars);
    rules = List.copyOf(rules);
    try {
      ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw new InvalidSettingException("zone", "a time zone such as Asia/Ho_Chi_Minh");
    }
    if (calendars.size() > MAX_CALENDARS) {
      throw new InvalidSettingException("calendars", MAX_CALENDARS + " at most");
    }
    if (rules.size() > MAX_RULES) {
      throw new InvalidSettingException("rules", MAX_RULES + " at most");
    }
    Set<String> known = new HashSet<>();
    for (int i = 0; i < calendars.size(); i++) {
      if (!known.add(calendars.get(i).id())) {
        throw new InvalidSettingException(
            "calendars[" + i + "].id", "an id that no other calendar has");
      }
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      check(rules.get(i), "rules[" + i + "].", known, ids);
    }
  }

  private static void check(DeadlineRule rule, String field, Set<String> known, Set<String> ids) {
    if (rule.id().isBlank() || rule.id().length() > 63 || !ids.add(rule.id())) {
      throw new InvalidSettingException(field + "id", "an id that no other rule has");
    }
    String calendar = rule.calendar();
    if (calendar != null && !known.contains(calendar)) {
      throw new InvalidSettingException(field + "calendar", "the id of a calendar");
    }
    if (rule.within().isNegative()
        || rule.within().isZero()
        || rule.within().compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(field + "within", "more than nothing, a year at most");
    }
    if (rule.remind().isNegative() || rule.remind().compareTo(rule.within()) >= 0) {
      throw new InvalidSettingException(field + "remind", "less than within");
    }
    if (rule.escalate().isNegative() || rule.escalate().compareTo(LONGEST) > 0) {
      throw new InvalidSettingException(field + "escalate", "not negative, a year at most");
    }
  }

  /** Returns the rule for a stage that begins at a moment; empty when there is none. */
  Optional<DeadlineRule> rule(Stage stage, Priority priority, String type, Instant begin) {
    return rules.stream()
        .filter(
            rule -> rule.isFor(stage, priority, type, begin.atZone(ZoneId.of(zone)).toLocalDate()))
        .findFirst();
  }

  Optional<DeadlineRule> rule(String id) {
    return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
  }

  private Optional<WorkingCalendar> calendar(DeadlineRule rule) {
    return calendars.stream().filter(one -> one.id().equals(rule.calendar())).findFirst();
  }

  /** Returns the moment at which a time of a rule's calendar has passed since a start. */
  Instant after(DeadlineRule rule, Instant start, Duration working) {
    return calendar(rule)
        .map(one -> one.after(start, working))
        .orElseGet(() -> start.plus(working));
  }

  /** Returns the first spans of a rule's calendar from one moment to a later one. */
  List<WorkingCalendar.Span> work(DeadlineRule rule, Instant from, Instant to, int most) {
    return calendar(rule)
        .map(one -> one.work(from, to, most))
        .orElseGet(() -> List.of(new WorkingCalendar.Span(from, to)));
  }

  /** Returns the time of a rule's calendar from one moment to a later one. */
  Duration between(DeadlineRule rule, Instant from, Instant to) {
    return calendar(rule)
        .map(one -> one.between(from, to))
        .orElseGet(() -> Duration.between(from, to));
  }
}
