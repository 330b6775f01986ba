package io.kydai.console.reports;

/**
 * Hears of a report that came in, made a step, was updated, ended or got evidence; without its
 * history. Called after the commit, in the order of the commits, on the database's writing thread:
 * it must hand over quickly and not write itself. What it throws is logged and undoes nothing.
 */
@FunctionalInterface
public interface ReportListener {
  void onReport(Report report);
}
