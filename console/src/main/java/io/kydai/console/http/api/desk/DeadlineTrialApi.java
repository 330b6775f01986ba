package io.kydai.console.http.api.desk;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.deadlines.DeadlinePlan;
import io.kydai.console.deadlines.DeadlineRule;
import io.kydai.console.deadlines.DeadlineTrial;
import io.kydai.console.deadlines.Stage;
import io.kydai.console.deadlines.WorkingCalendar;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.desk.DeadlineJson.CalendarJson;
import io.kydai.console.http.api.desk.DeadlineJson.RuleJson;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.incidents.Priority;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.InvalidSettingException;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operation that tries a deadline plan, the present one or a draft, on a report. */
public final class DeadlineTrialApi {
  private final DeskSettings settings;

  /** Creates the operation. */
  public DeadlineTrialApi(Desk desk) {
    this.settings = desk.settings();
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints.on("tryDeadlines", desk, this::trial);
  }

  /** The contract's {@code DeadlineTrial}. */
  private record TrialBody(
      String type,
      @Nullable String urgency,
      String at,
      @Nullable String assignedAt,
      @Nullable String agency,
      @Nullable PlanDraft plan) {}

  private record PlanDraft(String zone, List<CalendarJson> calendars, List<RuleJson> rules) {
    DeadlinePlan plan() {
      return new DeadlinePlan(
          zone,
          calendars.stream().map(CalendarJson::calendar).toList(),
          rules.stream().map(RuleJson::rule).toList());
    }
  }

  private ApiReply trial(ApiCall call) {
    TrialBody body = call.body(TrialBody.class);
    Instant at = ApiCall.time("at", body.at());
    String assigned = body.assignedAt();
    Instant assignedAt = assigned == null ? at : ApiCall.time("assigned-at", assigned);
    String given = body.urgency();
    Priority urgency =
        given == null ? Priority.of(body.type()) : ErrorText.constant(Priority.class, given);
    try {
      PlanDraft draft = body.plan();
      DeadlinePlan plan = draft == null ? settings.get(DeadlinePlan.SETTING).value() : draft.plan();
      Agencies agencies = settings.get(Agencies.SETTING).value();
      return ApiReply.json(
          new TrialAnswer(
              ErrorText.dashed(urgency),
              Stream.of(
                      DeadlineTrial.of(plan, agencies, Stage.CHECK, urgency, body.type(), at, null),
                      DeadlineTrial.of(
                          plan,
                          agencies,
                          Stage.HANDLE,
                          urgency,
                          body.type(),
                          assignedAt,
                          body.agency()))
                  .map(StageAnswer::of)
                  .toList()));
    } catch (InvalidSettingException e) {
      throw Problem.badField("plan." + e.field(), e);
    }
  }

  /** The contract's {@code DeadlineTrialAnswer}. */
  private record TrialAnswer(String urgency, List<StageAnswer> stages) {}

  /** A stage; what follows is null where no rule is for it. */
  private record StageAnswer(
      String stage,
      List<LookedAnswer> looked,
      @Nullable String rule,
      @Nullable String source,
      @Nullable String calendar,
      @Nullable Instant remindAt,
      @Nullable Instant dueAt,
      @Nullable List<EscalationAnswer> escalations,
      @Nullable List<SpanAnswer> work,
      @Nullable Boolean moreWork) {
    static StageAnswer of(DeadlineTrial trial) {
      String stage = ErrorText.dashed(trial.stage());
      List<LookedAnswer> looked = trial.looked().stream().map(LookedAnswer::of).toList();
      DeadlineTrial.Course course = trial.course();
      if (course == null) {
        return new StageAnswer(stage, looked, null, null, null, null, null, null, null, null);
      }
      DeadlineRule rule = course.rule();
      return new StageAnswer(
          stage,
          looked,
          rule.id(),
          rule.source(),
          rule.calendar(),
          course.remindAt(),
          course.dueAt(),
          course.escalations().stream().map(EscalationAnswer::of).toList(),
          course.work().stream().map(SpanAnswer::of).toList(),
          course.moreWork());
    }
  }

  private record LookedAnswer(String rule, @Nullable String miss) {
    static LookedAnswer of(DeadlineTrial.Looked looked) {
      DeadlineTrial.Miss miss = looked.miss();
      return new LookedAnswer(looked.rule(), miss == null ? null : ErrorText.dashed(miss));
    }
  }

  private record EscalationAnswer(Instant at, @Nullable String to) {
    static EscalationAnswer of(DeadlineTrial.Escalation escalation) {
      Agency to = escalation.to();
      return new EscalationAnswer(escalation.at(), to == null ? null : to.id());
    }
  }

  private record SpanAnswer(Instant from, Instant to) {
    static SpanAnswer of(WorkingCalendar.Span span) {
      return new SpanAnswer(span.from(), span.to());
    }
  }
}
