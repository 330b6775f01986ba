package io.kydai.console.deadlines;

import io.kydai.console.incidents.Priority;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines that a site in Vietnam begins with. Their sources are named as they were reported to
 * us; nobody has held them against the texts yet, and each says so. The calendar has the holidays
 * of fixed dates only: a site adds those of the lunar calendar and the swapped days of each year.
 */
final class Presets {
  private static final List<DayOfWeek> WEEKDAYS =
      List.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String DECISION = "Hà Nội, Quyết định 1207/2025";
  private static final String CIRCULAR = "Thông tư 73/2024/TT-BCA, Điều 24";

  static final DeadlinePlan PLAN =
      new DeadlinePlan(
          "Asia/Ho_Chi_Minh",
          List.of(
              new WorkingCalendar(
                  "office",
                  "Asia/Ho_Chi_Minh",
                  List.of(
                      new WorkingCalendar.Hours(
                          WEEKDAYS, LocalTime.of(7, 30), LocalTime.of(11, 30)),
                      new WorkingCalendar.Hours(
                          WEEKDAYS, LocalTime.of(13, 0), LocalTime.of(17, 0))),
                  List.of(
                      MonthDay.of(1, 1), MonthDay.of(4, 30), MonthDay.of(5, 1), MonthDay.of(9, 2)),
                  List.of(),
                  List.of())),
          List.of(
              rule("check", Stage.CHECK, null, null, "office", Duration.ofHours(8), DECISION),
              rule(
                  "urgent",
                  Stage.HANDLE,
                  Priority.URGENT,
                  null,
                  "office",
                  Duration.ofHours(4),
                  DECISION),
              rule(
                  "violation",
                  Stage.HANDLE,
                  null,
                  List.of(
                      "red-light",
                      "speeding",
                      "wrong-way",
                      "no-entry",
                      "lane-violation",
                      "bus-lane",
                      "illegal-parking"),
                  null,
                  Duration.ofDays(10),
                  CIRCULAR)));

  private Presets() {}

  private static DeadlineRule rule(
      String id,
      Stage stage,
      @Nullable Priority urgency,
      @Nullable List<String> types,
      @Nullable String calendar,
      Duration within,
      String source) {
    return new DeadlineRule(
        id,
        stage,
        urgency,
        types,
        null,
        null,
        calendar,
        within,
        HOUR,
        Duration.ofHours(8),
        source,
        false);
  }
}
