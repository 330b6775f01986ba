package io.kydai.console.http.api.desk;

import io.kydai.console.incidents.Incident;
import io.kydai.console.incidents.Priority;
import io.kydai.console.incidents.Tab;
import io.kydai.console.reports.Report;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code Incident}.
 *
 * @param picture the path of a picture of its last report; null where there is none, and for one
 * @param claim who has one of its reports open; null where nobody has
 * @param firstLooks who looked first at reports that wait for a second look
 * @param items its reports, the newest first; null in lists
 */
record IncidentAnswer(
    String id,
    String camera,
    String rule,
    String type,
    Priority priority,
    Tab tab,
    Instant firstAt,
    Instant lastAt,
    String lastReport,
    int reports,
    int toCheck,
    int withAgency,
    int done,
    int secondLook,
    List<FirstLooks> firstLooks,
    @Nullable String picture,
    @Nullable ClaimAnswer claim,
    @Nullable List<ReportAnswer> items) {
  /** The contract's {@code FirstLooks}. */
  record FirstLooks(String actor, String actorId, int reports) {
    private static FirstLooks of(Incident.FirstLooks looks) {
      return new FirstLooks(looks.actor(), looks.account(), looks.reports());
    }
  }

  static IncidentAnswer of(
      Incident incident,
      @Nullable String picture,
      @Nullable ClaimAnswer claim,
      @Nullable List<Report> reports) {
    return new IncidentAnswer(
        incident.id().value(),
        incident.camera().value(),
        incident.rule().value(),
        incident.type(),
        incident.priority(),
        incident.tab(),
        incident.firstAt(),
        incident.lastAt(),
        incident.lastReport().value(),
        incident.counts().reports(),
        incident.counts().toCheck(),
        incident.counts().withAgency(),
        incident.counts().done(),
        incident.counts().secondLook(),
        incident.firstLooks().stream().map(FirstLooks::of).toList(),
        picture == null
            ? null
            : "/api/v1/reports/" + incident.lastReport() + "/evidence/" + picture,
        claim,
        reports == null ? null : reports.stream().map(ReportAnswer::inList).toList());
  }
}
