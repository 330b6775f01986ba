package io.kydai.console.deskstatistics;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.ReportFilter;
import java.time.Instant;
import java.util.List;

/**
 * What is counted.
 *
 * @param from the first moment
 * @param to the end, not included
 * @param visible the parts of the queue that may be seen, of which one must contain a report
 */
public record DeskSpan(Instant from, Instant to, List<ReportFilter.Part> visible) {
  public DeskSpan {
    requireNonNull(from);
    requireNonNull(to);
    visible = List.copyOf(visible);
  }
}
