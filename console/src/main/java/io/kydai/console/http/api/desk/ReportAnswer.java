package io.kydai.console.http.api.desk;

import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.reports.PlateJson;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportPage;
import io.kydai.console.reports.ReportState;
import io.kydai.console.reports.StepNote;
import io.kydai.console.verifier.Flag;
import io.kydai.console.verifier.MachineRemark;
import io.kydai.streaming.evidence.EvidenceItem;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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
 * @param machineRemark what a machine said of its picture; null where none did, in lists and in
 *     events
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
    @Nullable MachineRemarkAnswer machineRemark,
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

  /**
   * The contract's {@code MachineRemark}.
   *
   * @param flags in the order of their words
   */
  public record MachineRemarkAnswer(
      String model, Instant at, double likelihood, String description, List<String> flags) {
    private static MachineRemarkAnswer of(MachineRemark said) {
      return new MachineRemarkAnswer(
          said.model(),
          said.at(),
          said.remark().likelihood(),
          said.remark().description(),
          said.remark().flags().stream().map(Flag::wire).sorted().toList());
    }
  }

  /** The contract's {@code Step}. */
  public record Step(
      Instant at,
      ReportState state,
      String actor,
      @Nullable String reason,
      @Nullable String agency,
      @Nullable ReportAction action,
      @Nullable Note note) {
    private static Step of(Report.Step step) {
      return new Step(
          step.at(),
          step.state(),
          step.actor(),
          step.reason(),
          step.agency(),
          step.action(),
          Note.of(step.note()));
    }
  }

  /** The contract's {@code StepNote}. */
  public record Note(String code, SortedMap<String, String> values) {
    private static @Nullable Note of(@Nullable StepNote note) {
      return note == null ? null : new Note(note.code().wire(), new TreeMap<>(note.values()));
    }
  }

  /** The contract's {@code ReportPage}. */
  public record Page(List<ReportAnswer> reports, @Nullable String next) {
    /** Returns a page whose reports say where they are. */
    public static Page of(ReportPage page, Cameras cameras) {
      return new Page(
          page.reports().stream()
              .map(report -> ReportAnswer.of(report, null, ReportPlace.of(report, cameras), null))
              .toList(),
          page.next());
    }
  }

  /** Returns the report with its history. */
  static ReportAnswer whole(Report report) {
    return withHistory(report, null, null);
  }

  /** Returns the report with its history, where it is, and what a machine said of it. */
  static ReportAnswer whole(Report report, @Nullable MachineRemark remark, Cameras cameras) {
    return withHistory(report, remark, ReportPlace.of(report, cameras));
  }

  private static ReportAnswer withHistory(
      Report report, @Nullable MachineRemark remark, @Nullable ReportPlace where) {
    return of(report, remark, where, report.history().stream().map(Step::of).toList());
  }

  /** Returns the report without its history. */
  public static ReportAnswer inList(Report report) {
    return of(report, null, null, null);
  }

  private static ReportAnswer of(
      Report report,
      @Nullable MachineRemark remark,
      @Nullable ReportPlace where,
      @Nullable List<Step> history) {
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
        remark == null ? null : MachineRemarkAnswer.of(remark),
        where,
        report.evidence().stream().map(item -> Evidence.of(report, item)).toList(),
        history);
  }
}
