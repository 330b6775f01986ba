package io.kydai.console.incidents;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.ReportId;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The place in a list after an incident, as callers hold it: opaque, and checked when it comes. */
record IncidentCursor(Priority priority, int rank, ReportId id) {
  private static final String VERSION = "2:";
  private static final int MAX_LENGTH = 64;
  private static final Pattern FORM = Pattern.compile(VERSION + "([1-3]):([0-9]{1,4}):(.*)");

  static String after(Incident last) {
    return new IncidentCursor(last.priority(), last.machineRank(), last.id()).text();
  }

  /** Returns it as callers hold it. */
  String text() {
    String text = VERSION + priority.number() + ":" + rank + ":" + id;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(US_ASCII));
  }

  /**
   * @return null where there is no cursor
   * @throws InvalidReportRequestException when the text is no cursor
   */
  static @Nullable IncidentCursor of(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    String text = decoded(cursor);
    Matcher form = FORM.matcher(text);
    if (form.matches() && ReportId.valid(form.group(3))) {
      return new IncidentCursor(
          Priority.numbered(Integer.parseInt(form.group(1))),
          Integer.parseInt(form.group(2)),
          ReportId.of(form.group(3)));
    }
    throw wrong();
  }

  private static String decoded(String cursor) {
    if (cursor.length() > MAX_LENGTH) {
      throw wrong();
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), US_ASCII);
    } catch (IllegalArgumentException e) {
      throw wrong();
    }
  }

  private static InvalidReportRequestException wrong() {
    return new InvalidReportRequestException(
        "cursor", "'next' of the page before is expected, as it was given");
  }
}
