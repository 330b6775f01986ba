package io.kydai.console.reports;

import io.kydai.analytics.alert.Alert;
import io.kydai.streaming.evidence.EvidenceItem;
import java.util.List;

/** Makes reports of alerts, and of reports. */
final class Reports {
  private static final int MAX_REASON = 2_000;
  private static final int MAX_TRACKS = 1_000;

  private Reports() {}

  /** A report that just came in. */
  static Report received(ReportId id, java.time.Instant at, Alert alert) {
    return new Report(
        id,
        alert.id(),
        alert.camera(),
        alert.rule(),
        alert.type(),
        ReportState.RECEIVED,
        at,
        alert.startedAt(),
        null,
        reason(alert),
        alert.measures(),
        tracks(alert),
        alert.plates(),
        null,
        List.of(),
        List.of());
  }

  static Report withHistory(Report report, List<Report.Step> steps) {
    return with(report, report.evidence(), List.copyOf(steps));
  }

  static Report withEvidence(Report report, List<EvidenceItem> evidence) {
    return with(report, List.copyOf(evidence), report.history());
  }

  private static Report with(
      Report report, List<EvidenceItem> evidence, List<Report.Step> history) {
    return new Report(
        report.id(),
        report.alertId(),
        report.camera(),
        report.rule(),
        report.type(),
        report.state(),
        report.receivedAt(),
        report.startedAt(),
        report.endedAt(),
        report.reason(),
        report.measures(),
        report.tracks(),
        report.plates(),
        report.agency(),
        evidence,
        history);
  }

  /** Cut to what a report holds. */
  static String reason(Alert alert) {
    String reason = alert.reason();
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 1) + "…";
  }

  /** The first thousand: a crowd that lasts for a day has no end of them. */
  static List<Long> tracks(Alert alert) {
    List<Long> tracks = alert.tracks();
    return tracks.size() <= MAX_TRACKS ? tracks : tracks.subList(0, MAX_TRACKS);
  }
}
