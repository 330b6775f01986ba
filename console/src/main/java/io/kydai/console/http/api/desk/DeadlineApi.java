package io.kydai.console.http.api.desk;

import io.kydai.console.deadlines.Deadline;
import io.kydai.console.deadlines.DeadlinePlan;
import io.kydai.console.deadlines.Deadlines;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.desk.DeadlineJson.CalendarJson;
import io.kydai.console.http.api.desk.DeadlineJson.RuleJson;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.InvalidSettingException;
import io.kydai.console.settings.Versioned;
import io.kydai.console.users.Permission;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations on deadlines. */
public final class DeadlineApi {
  private final DeskSettings settings;
  private final Deadlines deadlines;
  private final ReportQueue reports;
  private final ReportAccess access;

  public DeadlineApi(Desk desk, Cameras cameras) {
    this.settings = desk.settings();
    this.deadlines = desk.deadlines();
    this.reports = desk.reports();
    this.access = new ReportAccess(desk.reports(), cameras);
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("getDeadlines", desk, call -> plan())
        .on("replaceDeadlines", desk, this::replace)
        .on("listLateReports", desk, this::late)
        .on("pauseClock", desk, this::pause)
        .on("resumeClock", desk, this::resume);
  }

  private ApiReply plan() {
    return ApiReply.json(PlanAnswer.of(settings.get(DeadlinePlan.SETTING)));
  }

  /** The contract's {@code DeadlinesReplacement}. */
  private record PlanBody(
      long version, String zone, List<CalendarJson> calendars, List<RuleJson> rules) {
    DeadlinePlan plan() {
      return new DeadlinePlan(
          zone,
          calendars.stream().map(CalendarJson::calendar).toList(),
          rules.stream().map(RuleJson::rule).toList());
    }
  }

  private ApiReply replace(ApiCall call) {
    PlanBody body = call.body(PlanBody.class);
    return ApiReply.json(
        PlanAnswer.of(
            DeskSettingApi.replace(
                settings, DeadlinePlan.SETTING, body::plan, body.version(), call)));
  }

  /** The contract's {@code Deadlines}. */
  private record PlanAnswer(
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy,
      String zone,
      List<CalendarJson> calendars,
      List<RuleJson> rules) {
    static PlanAnswer of(Versioned<DeadlinePlan> now) {
      return new PlanAnswer(
          now.version(),
          now.changedAt(),
          now.changedBy(),
          now.value().zone(),
          now.value().calendars().stream().map(CalendarJson::of).toList(),
          now.value().rules().stream().map(RuleJson::of).toList());
    }
  }

  private ApiReply late(ApiCall call) {
    List<LateAnswer> late =
        deadlines
            .late(
                call.text("agency").orElse(null),
                access.visible(call.caller()),
                call.integer("limit"))
            .stream()
            .flatMap(deadline -> answer(call, deadline).stream())
            .toList();
    return ApiReply.json(new LateList(late));
  }

  private Optional<LateAnswer> answer(ApiCall call, Deadline deadline) {
    return reports
        .find(deadline.report())
        .filter(report -> access.may(call.caller(), Permission.EVIDENCE, report))
        .map(
            report ->
                new LateAnswer(
                    ErrorText.dashed(deadline.stage()),
                    deadline.rule(),
                    deadline.dueAt(),
                    deadline.level(),
                    ReportAnswer.inList(report)));
  }

  /** The contract's {@code LateReport}. */
  private record LateAnswer(
      String stage, String rule, Instant dueAt, int level, ReportAnswer report) {}

  /** The contract's {@code LateList}. */
  private record LateList(List<LateAnswer> reports) {}

  /** The contract's {@code ClockPause}. */
  private record PauseBody(String reason) {}

  private ApiReply pause(ApiCall call) {
    Report report = worked(call);
    String reason = call.body(PauseBody.class).reason();
    return changed(() -> deadlines.pause(report.id(), reason, call.actor(), call.origin()));
  }

  private ApiReply resume(ApiCall call) {
    Report report = worked(call);
    return changed(() -> deadlines.resume(report.id(), call.actor(), call.origin()));
  }

  private Report worked(ApiCall call) {
    Report report = access.find(call);
    access.check(call.caller(), Permission.REVIEW, report);
    return report;
  }

  private static ApiReply changed(Supplier<Report> change) {
    try {
      return ApiReply.json(ReportAnswer.whole(change.get()));
    } catch (InvalidReportRequestException e) {
      throw Problem.of(409, e);
    } catch (InvalidSettingException e) {
      throw Problem.badField(e.field(), e);
    }
  }
}
