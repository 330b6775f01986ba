package io.kydai.console.http.api.desk;

import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.reports.PlateJson;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportPage;
import io.kydai.console.reports.ReportState;
import io.kydai.streaming.evidence.EvidenceItem;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code Report}.
 *
 * @param version of the report, which a decision on it carries
 * @param endedAt null while it lasts
 * @param measures in the order of their names
 * @param plates the contract's {@code Plates}; null while none was read
 * @param agency null until it is assigned
 * @param parent the report that it follows; null where it stands alone
 * @param dueAt by when its present stage is to end; null where nothing asks for it
 * @param incident the incident that it belongs to; null where none was made
 * @param firstLook who found it true and waits for another person's agreement; null where nobody
 *     does
 * @param where its camera's name and place, for people who may see the report and not the camera;
 *     null where the camera was removed, and in events
 * @param history oldest first; null in lists
 */
public record ReportAnswer(
    String id,
    String alertId,
    String camera,
    String rule,
    String type,
    ReportState state,
    long version,
    List<ReportAction> actions,
    Instant receivedAt,
    Instant startedAt,
    @Nullable Instant endedAt,
    String reason,
    SortedMap<String, Double> measures,
    List<Long> tracks,
    @Nullable List<PlateJson> plates,
    @Nullable String agency,
    @Nullable String incident,
    @Nullable String parent,
    @Nullable Instant dueAt,
    @Nullable FirstLook firstLook,
    @Nullable ReportPlace where,
    List<Evidence> evidence,
    @Nullable List<Step> history) {
  /**
   * The contract's {@code EvidenceItem}.
   *
   * @param size in bytes
   * @param href its path on this node
   */
  public record Evidence(String name, String mediaType, long size, String sha256, String href) {
    private static Evidence of(Report report, EvidenceItem item) {
      return new Evidence(
          item.name(),
          item.mediaType(),
          item.size(),
          item.sha256(),
          "/api/v1/reports/" + report.id() + "/evidence/" + item.name());
    }
  }

  /** The contract's {@code FirstLook}. */
  public record FirstLook(String actor, String actorId, Instant at) {
    private static @Nullable FirstLook of(Report.@Nullable FirstLook look) {
      return look == null ? null : new FirstLook(look.actor(), look.account(), look.at());
    }
  }

  /** The contract's {@code Step}. */
  public record Step(
      Instant at,
      ReportState state,
      String actor,
      @Nullable String reason,
      @Nullable String agency,
      @Nullable ReportAction action) {
    private static Step of(Report.Step step) {
      return new Step(
          step.at(), step.state(), step.actor(), step.reason(), step.agency(), step.action());
    }
  }

  /** The contract's {@code ReportPage}. */
  public record Page(List<ReportAnswer> reports, @Nullable String next) {
    /** Returns a page whose reports say where they are. */
    public static Page of(ReportPage page, Cameras cameras) {
      return new Page(
          page.reports().stream()
              .map(report -> ReportAnswer.of(report, ReportPlace.of(report, cameras), null))
              .toList(),
          page.next());
    }
  }

  /** Returns the report with its history. */
  static ReportAnswer whole(Report report) {
    return withHistory(report, null);
  }

  /** Returns the report with its history, and where it is. */
  static ReportAnswer whole(Report report, Cameras cameras) {
    return withHistory(report, ReportPlace.of(report, cameras));
  }

  private static ReportAnswer withHistory(Report report, @Nullable ReportPlace where) {
    return of(report, where, report.history().stream().map(Step::of).toList());
  }

  /** Returns the report without its history. */
  public static ReportAnswer inList(Report report) {
    return of(report, null, null);
  }

  private static ReportAnswer of(
      Report report, @Nullable ReportPlace where, @Nullable List<Step> history) {
    Report.Origin origin = report.origin();
    Report.Handling handling = report.handling();
    Report.Times times = report.times();
    return new ReportAnswer(
        report.id().value(),
        origin.alert().value(),
        origin.camera().value(),
        origin.rule().value(),
        origin.type(),
        handling.state(),
        handling.version(),
        handling.actions(),
        times.receivedAt(),
        times.startedAt(),
        times.endedAt(),
        report.finding().reason(),
        AlertAnswer.measures(report.finding().measures()),
        report.participants().tracks(),
        PlateJson.orNull(report.participants().plates()),
        handling.agency(),
        handling.incident(),
        handling.parent(),
        handling.dueAt(),
        FirstLook.of(handling.firstLook()),
        where,
        report.evidence().stream().map(item -> Evidence.of(report, item)).toList(),
        history);
  }
}
