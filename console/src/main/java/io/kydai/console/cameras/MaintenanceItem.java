package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.health.Tampering;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.streaming.evidence.EvidenceItem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fault that a rule found of its own camera, while it lasts.
 *
 * @param id under which it is kept with its evidence and its history
 * @param rule the rule that found it
 * @param fault what is wrong
 * @param since when it began
 * @param picture the name of the file of evidence that shows it; null where there is none
 */
public record MaintenanceItem(
    ReportId id, RuleId rule, Fault fault, Instant since, @Nullable String picture) {
  /** What is wrong. */
  public enum Fault {
    NO_PICTURE,
    DARK,
    COVERED,
    DEFOCUSED,
    MOVED,
    FROZEN,
    /** The picture is not what it usually is; the alert does not say in what. */
    UNUSUAL
  }

  public MaintenanceItem {
    requireNonNull(id);
    requireNonNull(rule);
    requireNonNull(fault);
    requireNonNull(since);
  }

  static MaintenanceItem of(Report report) {
    return new MaintenanceItem(
        report.id(),
        report.origin().rule(),
        fault(report),
        report.times().startedAt(),
        report.evidence().stream()
            .filter(item -> item.mediaType().startsWith("image/"))
            .map(EvidenceItem::name)
            .findFirst()
            .orElse(null));
  }

  private static Fault fault(Report report) {
    return report.origin().type().equals("signal-lost")
        ? Fault.NO_PICTURE
        : Tampering.first(report.finding().measures().keySet())
            .map(MaintenanceItem::of)
            .orElse(Fault.UNUSUAL);
  }

  private static Fault of(Tampering kind) {
    return switch (kind) {
      case DARK -> Fault.DARK;
      case COVERED -> Fault.COVERED;
      case DEFOCUSED -> Fault.DEFOCUSED;
      case MOVED -> Fault.MOVED;
      case FROZEN -> Fault.FROZEN;
    };
  }
}
