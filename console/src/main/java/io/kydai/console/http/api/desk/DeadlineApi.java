package io.kydai.console.http.api.desk;

import io.kydai.console.deadlines.Deadline;
import io.kydai.console.deadlines.DeadlinePlan;
import io.kydai.console.deadlines.DeadlineRule;
import io.kydai.console.deadlines.Deadlines;
import io.kydai.console.deadlines.Stage;
import io.kydai.console.deadlines.WorkingCalendar;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Problem;
import io.kydai.console.incidents.Priority;
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

  /** The contract's {@code WorkingCalendar}. */
  private record CalendarJson(
      String id,
      String zone,
      List<HoursJson> hours,
      List<String> yearly,
      List<String> holidays,
      List<SwappedJson> swapped) {
    WorkingCalendar calendar() {
      return new WorkingCalendar(
          id,
          zone,
          hours.stream().map(HoursJson::hours).toList(),
          yearly.stream().map(day -> CalendarText.yearly("calendars.yearly", day)).toList(),
          holidays.stream().map(day -> CalendarText.date("calendars.holidays", day)).toList(),
          swapped.stream().map(SwappedJson::swapped).toList());
    }

    static CalendarJson of(WorkingCalendar calendar) {
      return new CalendarJson(
          calendar.id(),
          calendar.zone(),
          calendar.hours().stream().map(HoursJson::of).toList(),
          calendar.yearly().stream().map(CalendarText::shown).toList(),
          calendar.holidays().stream().map(day -> day.toString()).toList(),
          calendar.swapped().stream().map(SwappedJson::of).toList());
    }
  }

  private record HoursJson(List<String> days, String from, @Nullable String to) {
    WorkingCalendar.Hours hours() {
      return new WorkingCalendar.Hours(
          CalendarText.days(days),
          CalendarText.time("calendars.hours.from", from),
          to == null ? null : CalendarText.time("calendars.hours.to", to));
    }

    static HoursJson of(WorkingCalendar.Hours hours) {
      return new HoursJson(
          hours.days().stream().map(ErrorText::dashed).toList(),
          hours.from().toString(),
          CalendarText.shown(hours.to()));
    }
  }

  private record SwappedJson(String date, String like) {
    WorkingCalendar.Swapped swapped() {
      return new WorkingCalendar.Swapped(
          CalendarText.date("calendars.swapped.date", date),
          CalendarText.days(List.of(like)).get(0));
    }

    static SwappedJson of(WorkingCalendar.Swapped swapped) {
      return new SwappedJson(swapped.date().toString(), ErrorText.dashed(swapped.like()));
    }
  }

  /** The contract's {@code DeadlineRule}. */
  private record RuleJson(
      String id,
      String stage,
      @Nullable String urgency,
      @Nullable List<String> types,
      @Nullable String from,
      @Nullable String until,
      @Nullable String calendar,
      String within,
      String remind,
      String escalate,
      String source,
      boolean verified) {
    DeadlineRule rule() {
      return new DeadlineRule(
          id,
          ErrorText.constant(Stage.class, stage),
          urgency == null ? null : ErrorText.constant(Priority.class, urgency),
          types,
          from == null ? null : CalendarText.date("rules.from", from),
          until == null ? null : CalendarText.date("rules.until", until),
          calendar,
          CalendarText.duration("rules.within", within),
          CalendarText.duration("rules.remind", remind),
          CalendarText.duration("rules.escalate", escalate),
          source,
          verified);
    }

    static RuleJson of(DeadlineRule rule) {
      Priority urgency = rule.urgency();
      return new RuleJson(
          rule.id(),
          ErrorText.dashed(rule.stage()),
          urgency == null ? null : ErrorText.dashed(urgency),
          rule.types(),
          CalendarText.shown(rule.from()),
          CalendarText.shown(rule.until()),
          rule.calendar(),
          rule.within().toString(),
          rule.remind().toString(),
          rule.escalate().toString(),
          rule.source(),
          rule.verified());
    }
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
