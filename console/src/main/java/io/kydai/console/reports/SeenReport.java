package io.kydai.console.reports;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A report as somebody saw it who decides on it together with others.
 *
 * @param version the version that was seen; null where it is not known
 */
public record SeenReport(ReportId id, @Nullable Long version) {
  public SeenReport {
    requireNonNull(id);
  }
}
