package io.kydai.console.http.api.desk;

import io.kydai.console.deadlines.DeadlineRule;
import io.kydai.console.deadlines.Stage;
import io.kydai.console.deadlines.WorkingCalendar;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.incidents.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deadline plans as JSON. */
final class DeadlineJson {
  private DeadlineJson() {}

  /** The contract's {@code WorkingCalendar}. */
  record CalendarJson(
      String id,
      String zone,
      List<HoursJson> hours,
      List<String> yearly,
      List<String> holidays,
      List<SwappedJson> swapped) {
    WorkingCalendar calendar() {
      return new WorkingCalendar(
          id,
          zone,
          hours.stream().map(HoursJson::hours).toList(),
          yearly.stream().map(day -> CalendarText.yearly("calendars.yearly", day)).toList(),
          holidays.stream().map(day -> CalendarText.date("calendars.holidays", day)).toList(),
          swapped.stream().map(SwappedJson::swapped).toList());
    }

    static CalendarJson of(WorkingCalendar calendar) {
      return new CalendarJson(
          calendar.id(),
          calendar.zone(),
          calendar.hours().stream().map(HoursJson::of).toList(),
          calendar.yearly().stream().map(CalendarText::shown).toList(),
          calendar.holidays().stream().map(day -> day.toString()).toList(),
          calendar.swapped().stream().map(SwappedJson::of).toList());
    }
  }

  record HoursJson(List<String> days, String from, @Nullable String to) {
    WorkingCalendar.Hours hours() {
      return new WorkingCalendar.Hours(
          CalendarText.days(days),
          CalendarText.time("calendars.hours.from", from),
          to == null ? null : CalendarText.time("calendars.hours.to", to));
    }

    static HoursJson of(WorkingCalendar.Hours hours) {
      return new HoursJson(
          hours.days().stream().map(ErrorText::dashed).toList(),
          hours.from().toString(),
          CalendarText.shown(hours.to()));
    }
  }

  record SwappedJson(String date, String like) {
    WorkingCalendar.Swapped swapped() {
      return new WorkingCalendar.Swapped(
          CalendarText.date("calendars.swapped.date", date),
          CalendarText.days(List.of(like)).get(0));
    }

    static SwappedJson of(WorkingCalendar.Swapped swapped) {
      return new SwappedJson(swapped.date().toString(), ErrorText.dashed(swapped.like()));
    }
  }

  /** The contract's {@code DeadlineRule}. */
  record RuleJson(
      String id,
      String stage,
      @Nullable String urgency,
      @Nullable List<String> types,
      @Nullable String from,
      @Nullable String until,
      @Nullable String calendar,
      String within,
      String remind,
      String escalate,
      String source,
      boolean verified) {
    DeadlineRule rule() {
      return new DeadlineRule(
          id,
          ErrorText.constant(Stage.class, stage),
          urgency == null ? null : ErrorText.constant(Priority.class, urgency),
          types,
          from == null ? null : CalendarText.date("rules.from", from),
          until == null ? null : CalendarText.date("rules.until", until),
          calendar,
          CalendarText.duration("rules.within", within),
          CalendarText.duration("rules.remind", remind),
          CalendarText.duration("rules.escalate", escalate),
          source,
          verified);
    }

    static RuleJson of(DeadlineRule rule) {
      Priority urgency = rule.urgency();
      return new RuleJson(
          rule.id(),
          ErrorText.dashed(rule.stage()),
          urgency == null ? null : ErrorText.dashed(urgency),
          rule.types(),
          CalendarText.shown(rule.from()),
          CalendarText.shown(rule.until()),
          rule.calendar(),
          rule.within().toString(),
          rule.remind().toString(),
          rule.escalate().toString(),
          rule.source(),
          rule.verified());
    }
  }
}
