package io.kydai.console.evidence;

import io.kydai.console.reports.Report;

/**
 * A source of what holds for an alert's camera now. It is asked on any thread and does not wait.
 */
@FunctionalInterface
public interface AlertContexts {
  AlertContext of(Report.Origin alert);
}
