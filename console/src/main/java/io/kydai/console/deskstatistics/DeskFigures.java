package io.kydai.console.deskstatistics;

import java.util.List;

/**
 * The work of the desk in a span.
 *
 * @param agencies those that got a report, ended a deadline or returned one, in the order of their
 *     ids
 * @param verified the decisions of people that a report is true
 * @param rejected the decisions of people that a report is false
 * @param steps how long reports waited for the steps that people took
 * @param rejectReasons why, the most frequent first
 */
public record DeskFigures(
    List<AgencyFigures> agencies,
    int verified,
    int rejected,
    List<StepTimes> steps,
    List<ReasonCount> rejectReasons) {
  public DeskFigures {
    agencies = List.copyOf(agencies);
    steps = List.copyOf(steps);
    rejectReasons = List.copyOf(rejectReasons);
  }
}
