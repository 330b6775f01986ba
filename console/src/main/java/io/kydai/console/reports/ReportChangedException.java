package io.kydai.console.reports;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Somebody else took a step with a report after the version that a decision was made on. */
public class ReportChangedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long version;

  ReportChangedException(Report now, long seen, Report.@Nullable Step last) {
    super(
        "report %s was changed after version %d of it was read: %s; it has version %d now, and nothing was overwritten"
            .formatted(now.id(), seen, words(now, last), now.handling().version()));
    version = now.handling().version();
  }

  private static String words(Report now, Report.@Nullable Step last) {
    if (last == null) {
      return "it is " + now.handling().state().text();
    }
    ReportAction action = last.action();
    String what = action == null ? last.state().text() : action.name().toLowerCase(Locale.ROOT);
    return "%s (%s) at %s".formatted(last.actor(), what, last.at());
  }

  /** Returns the version that the report has now. */
  public long version() {
    return version;
  }
}
