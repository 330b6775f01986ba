package io.kydai.console.http.api.deskstatistics;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.deskstatistics.DeskFigures;
import io.kydai.console.deskstatistics.DeskSpan;
import io.kydai.console.deskstatistics.DeskStatistics;
import io.kydai.console.deskstatistics.HandlingTimes;
import io.kydai.console.deskstatistics.ReasonCount;
import io.kydai.console.deskstatistics.ReviewerFigures;
import io.kydai.console.deskstatistics.StepTimes;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.desk.ReportAccess;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.incidents.Incidents;
import io.kydai.console.incidents.Mute;
import io.kydai.console.incidents.Verdicts;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations on the statistics of the desk. */
public final class DeskStatisticsApi {
  private final DeskStatistics statistics;
  private final Incidents incidents;
  private final Cameras cameras;
  private final ReportAccess access;
  private final AuditGroups audit;

  /** Creates the operations. */
  public DeskStatisticsApi(
      DeskStatistics statistics,
      Incidents incidents,
      Cameras cameras,
      ReportAccess access,
      AuditGroups audit) {
    this.statistics = requireNonNull(statistics);
    this.incidents = requireNonNull(incidents);
    this.cameras = requireNonNull(cameras);
    this.access = requireNonNull(access);
    this.audit = requireNonNull(audit);
  }

  /**
   * Registers the operations.
   *
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("getDeskStatistics", desk, this::figures)
        .on("listReviewers", desk, this::reviewers);
  }

  private DeskSpan span(ApiCall call) {
    return new DeskSpan(moment(call, "from"), moment(call, "to"), access.visible(call.caller()));
  }

  private static Instant moment(ApiCall call, String name) {
    return call.time(name)
        .orElseThrow(
            () -> Problem.badField(name, "Expected: a time such as 2026-11-22T08:30:00Z."));
  }

  private ApiReply figures(ApiCall call) {
    DeskSpan span = span(call);
    try {
      DeskFigures figures = statistics.of(span);
      return ApiReply.json(FiguresAnswer.of(span, figures, rules(call, span)));
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  /** Returns the verdicts on the rules of each camera that the caller sees, since it may. */
  private List<RuleAnswer> rules(ApiCall call, DeskSpan span) {
    List<Verdicts> all = statistics.verdicts(span.from(), span.to());
    Map<Instant, Set<CameraId>> since = new TreeMap<>();
    all.stream()
        .map(Verdicts::camera)
        .distinct()
        .forEach(
            camera ->
                call.caller()
                    .since(Permission.EVIDENCE, CameraPlaces.of(camera, cameras))
                    .map(from -> from.isAfter(span.from()) ? from : span.from())
                    .filter(from -> from.isBefore(span.to()))
                    .ifPresent(
                        from -> since.computeIfAbsent(from, one -> new HashSet<>()).add(camera)));
    List<Mute> mutes = incidents.mutes();
    List<RuleAnswer> rules = new ArrayList<>();
    since.forEach(
        (from, seen) ->
            (from.equals(span.from()) ? all : statistics.verdicts(from, span.to()))
                .stream()
                    .filter(one -> seen.contains(one.camera()))
                    .map(one -> RuleAnswer.of(one, mutes))
                    .forEach(rules::add));
    return rules;
  }

  private ApiReply reviewers(ApiCall call) {
    DeskSpan span = span(call);
    try {
      List<ReviewerFigures> reviewers = statistics.reviewers(span);
      audit.record(
          AuditEvent.of(AuditEventType.REPORT_SEARCHED, call.actor(), call.origin())
              .detail(
                  "filter",
                  Map.of(
                      "reviewers",
                      "all",
                      "from",
                      span.from().toString(),
                      "until",
                      span.to().toString())));
      return ApiReply.json(new ReviewerList(reviewers.stream().map(ReviewerAnswer::of).toList()));
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  /** The contract's {@code DeskStatistics}. */
  private record FiguresAnswer(
      Instant from,
      Instant to,
      List<AgencyAnswer> agencies,
      int verified,
      int rejected,
      List<StepAnswer> steps,
      List<ReasonAnswer> rejectReasons,
      List<RuleAnswer> rules) {
    static FiguresAnswer of(DeskSpan span, DeskFigures figures, List<RuleAnswer> rules) {
      return new FiguresAnswer(
          span.from(),
          span.to(),
          figures.agencies().stream()
              .map(
                  one ->
                      new AgencyAnswer(
                          one.agency(),
                          one.received(),
                          one.onTime(),
                          one.late(),
                          TimesAnswer.of(one.handled()),
                          one.returned(),
                          ReasonAnswer.of(one.returnReasons())))
              .toList(),
          figures.verified(),
          figures.rejected(),
          figures.steps().stream().map(StepAnswer::of).toList(),
          ReasonAnswer.of(figures.rejectReasons()),
          rules);
    }
  }

  private record AgencyAnswer(
      String agency,
      int received,
      int onTime,
      int late,
      @Nullable TimesAnswer handled,
      int returned,
      List<ReasonAnswer> returnReasons) {}

  /** The contract's {@code HandlingTimes}. */
  private record TimesAnswer(int count, long medianSeconds, long p90Seconds) {
    static @Nullable TimesAnswer of(@Nullable HandlingTimes times) {
      return times == null
          ? null
          : new TimesAnswer(times.count(), times.median().toSeconds(), times.p90().toSeconds());
    }
  }

  private record StepAnswer(String action, int count, long medianSeconds, long p90Seconds) {
    static StepAnswer of(StepTimes step) {
      HandlingTimes times = step.times();
      return new StepAnswer(
          ErrorText.dashed(step.action()),
          times.count(),
          times.median().toSeconds(),
          times.p90().toSeconds());
    }
  }

  private record ReasonAnswer(String reason, int count) {
    static List<ReasonAnswer> of(List<ReasonCount> reasons) {
      return reasons.stream().map(one -> new ReasonAnswer(one.reason(), one.count())).toList();
    }
  }

  /**
   * A rule's verdicts.
   *
   * @param mutedUntil null where it is not muted
   */
  private record RuleAnswer(
      String camera,
      String rule,
      int verified,
      int rejected,
      double rejectedShare,
      boolean oftenRejected,
      @Nullable Instant mutedUntil) {
    static RuleAnswer of(Verdicts verdicts, List<Mute> mutes) {
      return new RuleAnswer(
          verdicts.camera().value(),
          verdicts.rule().value(),
          verdicts.verified(),
          verdicts.rejected(),
          verdicts.rejectedShare(),
          verdicts.oftenRejected(),
          mutes.stream()
              .filter(
                  mute ->
                      mute.camera().equals(verdicts.camera())
                          && mute.rule().equals(verdicts.rule()))
              .map(Mute::until)
              .max(Instant::compareTo)
              .orElse(null));
    }
  }

  /** The contract's {@code ReviewerList}. */
  private record ReviewerList(List<ReviewerAnswer> reviewers) {}

  private record ReviewerAnswer(
      String reviewer,
      int verified,
      int rejected,
      int reopened,
      int firstAgreed,
      int firstDisagreed,
      int secondAgreed,
      int secondDisagreed,
      List<DecidedAnswer> sample) {
    static ReviewerAnswer of(ReviewerFigures figures) {
      return new ReviewerAnswer(
          figures.reviewer(),
          figures.verified(),
          figures.rejected(),
          figures.reopened(),
          figures.looks().firstAgreed(),
          figures.looks().firstDisagreed(),
          figures.looks().secondAgreed(),
          figures.looks().secondDisagreed(),
          figures.sample().stream()
              .map(
                  one ->
                      new DecidedAnswer(
                          one.report().value(),
                          one.at(),
                          one.verified() ? "verify" : "reject",
                          one.reason()))
              .toList());
    }
  }

  private record DecidedAnswer(String report, Instant at, String action, @Nullable String reason) {}
}
