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
 * @param looks how first and second looks agreed; all zero where no report needed two
 * @param sample decisions that were drawn for an auditor to look at; the same ones for the same
 *     span
 */
public record ReviewerFigures(
    String reviewer, int verified, int rejected, int reopened, Looks looks, List<Decided> sample) {
  public ReviewerFigures {
    requireNonNull(reviewer);
    requireNonNull(looks);
    sample = List.copyOf(sample);
  }

  /**
   * The looks of two people at one report. A person who took the own first look back neither agreed
   * nor disagreed.
   *
   * @param firstAgreed first looks that another person agreed to
   * @param firstDisagreed first looks after which another person rejected the report or sent it
   *     back
   * @param secondAgreed second looks that agreed
   * @param secondDisagreed second looks that did not
   */
  public record Looks(int firstAgreed, int firstDisagreed, int secondAgreed, int secondDisagreed) {
    /** Nobody looked twice. */
    static final Looks NONE = new Looks(0, 0, 0, 0);
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
