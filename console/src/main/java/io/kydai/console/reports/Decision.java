package io.kydai.console.reports;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What a person decides about a report.
 *
 * @param action the step to take
 * @param reason why, at most 2,000 characters; null where none is given
 * @param agency who is to act, at most 200 characters, for {@link ReportAction#ASSIGN}; null where
 *     none is given
 * @param version the version of the report that the person saw; null where the client does not say
 *     it, and the step is then taken in whatever state allows it
 * @param note what the node itself says of the step; null for people's
 */
public record Decision(
    ReportAction action,
    @Nullable String reason,
    @Nullable String agency,
    @Nullable Long version,
    @Nullable StepNote note) {
  /** Makes the decision of a person. */
  public Decision(
      ReportAction action,
      @Nullable String reason,
      @Nullable String agency,
      @Nullable Long version) {
    this(action, reason, agency, version, null);
  }

  public Decision {
    requireNonNull(action);
  }
}
