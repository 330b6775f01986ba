package io.kydai.analytics.rules.settings;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a rule is in force, by the wall clock of a time zone: any of its windows. A window that ends
 * before it begins goes over midnight and belongs to the day on which it begins.
 */
public final class Schedule {
  public static final String RIGHT =
      "windows such as 22:00-05:00, mon-fri 22:00-05:00, sat,sun 00:00-24:00";

  private static final Pattern WINDOW =
      Pattern.compile("(?:([a-z,\\- ]*[a-z]) +)?(\\d{1,2}:\\d{2}) ?- ?(\\d{1,2}:\\d{2})");
  private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

  private final List<Window> windows;
  private final ZoneId zone;

  /** Minutes of the day; {@code to} is not in the window. */
  private record Window(Set<DayOfWeek> days, int from, int to) {
    boolean contains(DayOfWeek day, int minute) {
      if (from < to) {
        return days.contains(day) && minute >= from && minute < to;
      }
      return (days.contains(day) && minute >= from) || (days.contains(day.minus(1)) && minute < to);
    }
  }

  private Schedule(List<Window> windows, ZoneId zone) {
    this.windows = windows;
    this.zone = zone;
  }

  public static Schedule always() {
    return new Schedule(List.of(), ZoneOffset.UTC);
  }

  /**
   * @throws IllegalArgumentException saying what would be right
   */
  public static Schedule parse(List<String> texts, ZoneId zone) {
    List<Window> windows = new ArrayList<>();
    for (String text : texts) {
      Matcher matcher = WINDOW.matcher(text.strip().toLowerCase(Locale.ROOT));
      if (text.length() > 100 || !matcher.matches()) {
        throw wrong(text);
      }
      Set<DayOfWeek> days =
          matcher.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(matcher.group(1), text);
      int from = minutes(matcher.group(2), text);
      int to = minutes(matcher.group(3), text);
      if (from == to || from == 24 * 60) {
        throw wrong(text);
      }
      windows.add(new Window(days, from, to));
    }
    return new Schedule(List.copyOf(windows), zone);
  }

  public boolean contains(Instant instant) {
    if (windows.isEmpty()) {
      return true;
    }
    ZonedDateTime local = instant.atZone(zone);
    int minute = local.toLocalTime().get(ChronoField.MINUTE_OF_DAY);
    return windows.stream().anyMatch(window -> window.contains(local.getDayOfWeek(), minute));
  }

  private static Set<DayOfWeek> days(String text, String whole) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    for (String part : text.split(",")) {
      String[] ends = part.strip().split(" ?- ?");
      int first = DAYS.indexOf(ends[0]);
      int last = ends.length == 1 ? first : DAYS.indexOf(ends[ends.length - 1]);
      if (first < 0 || last < 0 || ends.length > 2) {
        throw wrong(whole);
      }
      for (int day = first; ; day = (day + 1) % 7) {
        days.add(DayOfWeek.of(day + 1));
        if (day == last) {
          break;
        }
      }
    }
    return days;
  }

  private static int minutes(String text, String whole) {
    int colon = text.indexOf(':');
    int hour = Integer.parseInt(text.substring(0, colon));
    int minute = Integer.parseInt(text.substring(colon + 1));
    if (minute > 59 || hour > 24 || (hour == 24 && minute > 0)) {
      throw wrong(whole);
    }
    return hour * 60 + minute;
  }

  private static IllegalArgumentException wrong(String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return new IllegalArgumentException("'" + shown + "' should be " + RIGHT);
  }
}
