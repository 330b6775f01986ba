package io.kydai.console.reports;

import java.util.ArrayList;
import java.util.List;

/**
 * What a transaction did.
 *
 * @param news whether listeners are to hear of it
 * @param outside whether webhooks are to hear of it
 * @param others what came before it
 * @param before how far the desk was with the report before
 */
record ReportChange(
    Report report,
    boolean news,
    boolean outside,
    List<ReportChange> others,
    Report.Handling before) {
  /** A change that did not move the report. */
  ReportChange(Report report, boolean news, boolean outside) {
    this(report, news, outside, List.of(), report.handling());
  }

  /** Returns this change with those that came before it. */
  ReportChange after(List<ReportChange> earlier) {
    List<ReportChange> all = new ArrayList<>(earlier);
    all.addAll(others);
    return new ReportChange(report, news, outside, List.copyOf(all), before);
  }
}
