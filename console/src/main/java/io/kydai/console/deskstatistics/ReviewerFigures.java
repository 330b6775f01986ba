package io.kydai.console.deskstatistics;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.ReportId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a reviewer decided in a span.
 *
 * @param reviewer the name in the history of reports
 * @param reopened the decisions whose report was opened again later
 * @param sample decisions that were drawn for an auditor to look at; the same ones for the same
 *     span
 */
public record ReviewerFigures(
    String reviewer, int verified, int rejected, int reopened, List<Decided> sample) {
  public ReviewerFigures {
    requireNonNull(reviewer);
    sample = List.copyOf(sample);
  }

  /**
   * A decision.
   *
   * @param verified whether the report was found true
   * @param reason that was given; null for none
   */
  public record Decided(ReportId report, Instant at, boolean verified, @Nullable String reason) {
    public Decided {
      requireNonNull(report);
      requireNonNull(at);
    }
  }
}
