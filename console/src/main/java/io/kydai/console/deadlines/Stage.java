package io.kydai.console.deadlines;

import io.kydai.console.reports.ReportState;
import org.jspecify.annotations.Nullable;

/** A part of a report's life that has a deadline. */
public enum Stage {
  /** The desk receives and verifies it. */
  CHECK,
  /** An agency handles it. */
  HANDLE;

  /** Returns the stage of a report in a state; null where nobody has to do anything by a time. */
  static @Nullable Stage of(ReportState state) {
    return switch (state) {
      case RECEIVED, SECOND_REVIEW, VERIFIED, RETURNED -> CHECK;
      case ASSIGNED, IN_PROGRESS -> HANDLE;
      case REJECTED, RESOLVED, CLOSED, MAINTENANCE -> null;
    };
  }
}
