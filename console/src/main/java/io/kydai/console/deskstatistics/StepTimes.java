package io.kydai.console.deskstatistics;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.ReportAction;

/**
 * How long reports waited for a step that people took in a span, since the step before it.
 *
 * @param action the step
 */
public record StepTimes(ReportAction action, HandlingTimes times) {
  public StepTimes {
    requireNonNull(action);
    requireNonNull(times);
  }
}
