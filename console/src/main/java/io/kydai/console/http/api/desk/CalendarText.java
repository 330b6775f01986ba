package io.kydai.console.http.api.desk;

import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Days, times and durations as the contract writes them. */
final class CalendarText {
  private static final String YEARLY = "--";

  private CalendarText() {}

  static List<DayOfWeek> days(List<String> days) {
    return days.stream().map(day -> ErrorText.constant(DayOfWeek.class, day)).toList();
  }

  static @Nullable List<String> shown(@Nullable List<DayOfWeek> days) {
    return days == null ? null : days.stream().map(ErrorText::dashed).toList();
  }

  static @Nullable String shown(@Nullable LocalTime time) {
    return time == null ? null : time.toString();
  }

  static @Nullable String shown(@Nullable LocalDate date) {
    return date == null ? null : date.toString();
  }

  /** Returns a time such as {@code 07:30}. */
  static LocalTime time(String field, String text) {
    try {
      return LocalTime.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badField(field, "Expected: a time of the day such as 07:30.");
    }
  }

  /** Returns a date such as {@code 2026-02-17}. */
  static LocalDate date(String field, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Problem.badField(field, "Expected: a date such as 2026-02-17.");
    }
  }

  /** Returns a day of each year such as {@code 09-02}. */
  static MonthDay yearly(String field, String text) {
    try {
      return MonthDay.parse(YEARLY + text);
    } catch (DateTimeException e) {
      throw Problem.badField(field, "Expected: a month and a day such as 09-02.");
    }
  }

  static String shown(MonthDay day) {
    return day.toString().substring(YEARLY.length());
  }

  /** Returns a duration such as {@code PT8H}. */
  static Duration duration(String field, String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeException | ArithmeticException e) {
      throw Problem.badField(field, "Expected: a duration such as PT8H (ISO 8601).");
    }
  }
}
