package io.kydai.console.http.api.desk;

import io.kydai.console.messages.rules.Hours;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract's {@code WeeklyHours}. */
record HoursJson(@Nullable List<String> days, String from, String to) {
  Hours hours(String field) {
    return new Hours(
        days == null ? null : CalendarText.days(days),
        CalendarText.time(field + ".from", from),
        CalendarText.time(field + ".to", to));
  }

  static HoursJson of(Hours hours) {
    return new HoursJson(
        CalendarText.shown(hours.days()), hours.from().toString(), hours.to().toString());
  }
}
