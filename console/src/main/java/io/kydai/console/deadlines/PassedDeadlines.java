package io.kydai.console.deadlines;

import io.kydai.console.reports.Report;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes what follows from a reminder or an escalation, in its transaction. */
public interface PassedDeadlines {
  /** Writes nothing. */
  PassedDeadlines NONE =
      new PassedDeadlines() {
        @Override
        public void reminded(Handle db, Report report, Deadline deadline) {}

        @Override
        public void escalated(
            Handle db, Report report, Deadline deadline, @Nullable String agency) {}
      };

  /** The deadline of a report is near. */
  void reminded(Handle db, Report report, Deadline deadline);

  /**
   * A report is late.
   *
   * @param agency the id of the agency that hears of it; null where nobody stands higher
   */
  void escalated(Handle db, Report report, Deadline deadline, @Nullable String agency);
}
