package io.kydai.console.reports;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.rules.RuleTypes;
import java.time.Instant;
import java.util.List;

/** Makes reports, and the parts of reports that change while an event lasts, of alerts. */
final class Reports {
  private static final int MAX_REASON = 2_000;
  private static final int MAX_TRACKS = 1_000;

  private Reports() {}

  /** Returns the report of an alert that opened, without evidence and history. */
  static Report received(ReportId id, Instant at, Alert alert) {
    Alert.Origin origin = alert.origin();
    return new Report(
        id,
        new Report.Origin(alert.id(), origin.camera(), origin.rule(), origin.type()),
        new Report.Handling(first(origin.type()), null, 1, null, null, null, null),
        new Report.Times(at, alert.span().start().wallClock(), null),
        participants(alert),
        finding(alert),
        List.of(),
        List.of());
  }

  private static ReportState first(String type) {
    return RuleTypes.isOfCamera(type) ? ReportState.MAINTENANCE : ReportState.RECEIVED;
  }

  /** Returns who takes part in an alert's event. */
  static Report.Participants participants(Alert alert) {
    return new Report.Participants(tracks(alert), alert.participants().plates());
  }

  /** Returns what the alert's rule found. */
  static Report.Finding finding(Alert alert) {
    return new Report.Finding(reason(alert), alert.finding().measures());
  }

  /** Returns the alert's reason, cut to what a report holds. */
  private static String reason(Alert alert) {
    String reason = alert.finding().reason();
    return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 1) + "…";
  }

  /** Returns the first thousand tracks: a crowd that lasts for a day has no end of them. */
  private static List<Long> tracks(Alert alert) {
    List<Long> tracks = alert.participants().tracks();
    return tracks.size() <= MAX_TRACKS ? tracks : tracks.subList(0, MAX_TRACKS);
  }
}
