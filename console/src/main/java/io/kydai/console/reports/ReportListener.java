package io.kydai.console.reports;

import org.jspecify.annotations.Nullable;

/**
 * Hears of a report that came in, made a step, was updated, ended or got evidence; without its
 * history. Called after the commit, in the order of the commits, on the database's writing thread:
 * it must hand over quickly and not write itself. What it throws is logged and undoes nothing.
 */
@FunctionalInterface
public interface ReportListener {
  void onReport(Report report);

  /**
   * Called before {@link #onReport} where a step gave the report to another agency.
   *
   * @param agencyBefore the agency that had it; null where none had
   */
  default void onAssigned(Report report, @Nullable String agencyBefore) {}
}
