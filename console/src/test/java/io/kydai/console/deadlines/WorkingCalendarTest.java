package io.kydai.console.deadlines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.settings.InvalidSettingException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkingCalendarTest {
  private static final ZoneId HUE = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final List<DayOfWeek> WEEKDAYS =
      List.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);

  /**
   * A year of an office. Tết is 17 February 2026; the days off around it, and the Saturday on which
   * people work for the Friday before, are this test's own.
   */
  static final WorkingCalendar OFFICE =
      new WorkingCalendar(
          "office",
          "Asia/Ho_Chi_Minh",
          List.of(
              new WorkingCalendar.Hours(WEEKDAYS, LocalTime.of(7, 30), LocalTime.of(11, 30)),
              new WorkingCalendar.Hours(WEEKDAYS, LocalTime.of(13, 0), LocalTime.of(17, 0))),
          List.of(MonthDay.of(1, 1), MonthDay.of(4, 30), MonthDay.of(5, 1), MonthDay.of(9, 2)),
          List.of(
              LocalDate.parse("2026-02-13"),
              LocalDate.parse("2026-02-16"),
              LocalDate.parse("2026-02-17"),
              LocalDate.parse("2026-02-18"),
              LocalDate.parse("2026-02-19"),
              LocalDate.parse("2026-02-20"),
              LocalDate.parse("2026-04-27"),
              LocalDate.parse("2026-09-01")),
          List.of(
              new WorkingCalendar.Swapped(LocalDate.parse("2026-02-07"), DayOfWeek.FRIDAY),
              new WorkingCalendar.Swapped(LocalDate.parse("2026-08-22"), DayOfWeek.MONDAY)));

  static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(HUE).toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    // start, working hours, end
    "2026-03-02T08:00, PT1H,   2026-03-02T09:00",
    "2026-03-02T11:00, PT1H,   2026-03-02T13:30", // over lunch
    "2026-03-02T11:00, PT30M,  2026-03-02T11:30", // ends with the morning
    "2026-03-02T12:00, PT1H,   2026-03-02T14:00", // begins at lunch
    "2026-03-02T03:00, PT8H,   2026-03-02T17:00", // begins before work
    "2026-03-02T16:00, PT2H,   2026-03-03T08:30", // over night
    "2026-03-06T16:00, PT2H,   2026-03-09T08:30", // over a weekend
    "2026-03-07T10:00, PT8H,   2026-03-09T17:00", // begins on a Saturday
    "2026-02-06T16:00, PT2H,   2026-02-07T08:30", // a Saturday on which people work
    "2026-02-07T16:00, PT2H,   2026-02-09T08:30", // and the Sunday after it, on which they do not
    "2026-02-12T16:00, PT8H,   2026-02-23T16:00", // over Tết
    "2026-02-17T00:00, PT4H,   2026-02-23T11:30", // begins at midnight of Tết
    "2025-12-31T16:00, PT2H,   2026-01-02T08:30", // over New Year's Day
    "2026-04-24T16:00, PT24H,  2026-05-04T16:00", // over four days off, of which two are yearly
    "2026-08-21T16:30, PT4H30M, 2026-08-22T11:30", // a Saturday like a Monday
    "2026-08-31T16:00, PT2H,   2026-09-03T08:30", // two days off, one of them yearly
    "2026-03-02T08:00, PT80H,  2026-03-16T08:00", // ten days
  })
  void anEndIsAfterTheTimeThatPeopleWork(String start, Duration working, String end) {
    assertThat(OFFICE.after(at(start), working)).isEqualTo(at(end));
    assertThat(OFFICE.between(at(start), at(end))).isEqualTo(working);
  }

  @Test
  void throughAYearTheTimeBetweenAStartAndItsEndIsTheTimeThatWasAsked() {
    Random random = new Random(5);
    Instant first = at("2026-01-01T00:00");
    for (int i = 0; i < 2_000; i++) {
      Instant start = first.plus(Duration.ofMinutes(random.nextInt(365 * 24 * 60)));
      Duration working = Duration.ofMinutes(1 + random.nextInt(6_000));
      Instant end = OFFICE.after(start, working);
      assertThat(OFFICE.between(start, end)).as("%s + %s", start, working).isEqualTo(working);
      assertThat(OFFICE.between(start, end.minusSeconds(1))).isLessThan(working);
    }
  }

  @Test
  void aDayIsWorkedOrFreeAsTheYearSays() {
    int worked = 0;
    for (LocalDate day = LocalDate.parse("2026-01-01");
        day.getYear() == 2026;
        day = day.plusDays(1)) {
      Instant begin = day.atStartOfDay(HUE).toInstant();
      Duration time = OFFICE.between(begin, day.plusDays(1).atStartOfDay(HUE).toInstant());
      assertThat(time).isIn(Duration.ZERO, Duration.ofHours(8));
      worked += time.isZero() ? 0 : 1;
    }
    // 261 weekdays, less 4 yearly and 8 other days off on weekdays, and 2 Saturdays.
    assertThat(worked).isEqualTo(261 - 4 - 8 + 2);
  }

  @Test
  void roundTheClockIsEveryHourOfEveryDay() {
    WorkingCalendar always =
        new WorkingCalendar(
            "always",
            "UTC",
            List.of(
                new WorkingCalendar.Hours(List.of(DayOfWeek.values()), LocalTime.MIDNIGHT, null)),
            List.of(),
            List.of(),
            List.of());
    assertThat(always.after(at("2026-02-17T00:00"), Duration.ofDays(10)))
        .isEqualTo(at("2026-02-27T00:00"));
  }

  @Test
  void hoursThatOverlapAndCalendarsWithoutWorkAreRefused() {
    assertThatThrownBy(
            () ->
                new WorkingCalendar(
                    "x",
                    "UTC",
                    List.of(
                        new WorkingCalendar.Hours(
                            WEEKDAYS, LocalTime.of(8, 0), LocalTime.of(12, 0)),
                        new WorkingCalendar.Hours(
                            WEEKDAYS, LocalTime.of(11, 0), LocalTime.of(17, 0))),
                    List.of(),
                    List.of(),
                    List.of()))
        .isInstanceOf(InvalidSettingException.class);
    assertThatThrownBy(
            () -> new WorkingCalendar("x", "UTC", List.of(), List.of(), List.of(), List.of()))
        .isInstanceOf(InvalidSettingException.class);
    WorkingCalendar never =
        new WorkingCalendar(
            "never",
            "UTC",
            List.of(new WorkingCalendar.Hours(List.of(), LocalTime.of(8, 0), null)),
            List.of(),
            List.of(),
            List.of());
    assertThat(never.after(Instant.EPOCH, Duration.ofHours(1)))
        .as("an alert is not lost because of it")
        .isEqualTo(Instant.EPOCH.plus(Duration.ofDays(3_660)));
  }
}
