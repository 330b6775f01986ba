package io.kydai.console.http.api.desk;

import static java.util.Objects.requireNonNullElse;

import io.kydai.console.duplicates.Candidate;
import io.kydai.console.duplicates.DuplicateRules;
import io.kydai.console.duplicates.Duplicates;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.FollowsAnotherException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportChangedException;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.UnknownReportException;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.Versioned;
import io.kydai.console.users.Permission;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations on reports that are of one event. */
public final class DuplicateApi {
  private final ReportQueue reports;
  private final DeskSettings settings;
  private final Duplicates duplicates;
  private final ReportAccess access;

  public DuplicateApi(Desk desk, Cameras cameras) {
    this.reports = desk.reports();
    this.settings = desk.settings();
    this.duplicates = desk.duplicates();
    this.access = new ReportAccess(desk.reports(), cameras);
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("getDuplicates", desk, this::list)
        .on("mergeReport", desk, this::merge)
        .on("splitReport", desk, this::split)
        .on("getDuplicateRules", desk, call -> rules())
        .on("replaceDuplicateRules", desk, this::replaceRules);
  }

  private ApiReply list(ApiCall call) {
    Report report = access.find(call);
    return ApiReply.json(
        new DuplicatesAnswer(
            report.handling().parent(),
            reports.followers(report.id()).stream()
                .filter(one -> access.may(call.caller(), Permission.EVIDENCE, one))
                .map(ReportAnswer::inList)
                .toList(),
            duplicates.of(report).stream()
                .filter(one -> access.may(call.caller(), Permission.EVIDENCE, one.report()))
                .map(CandidateAnswer::of)
                .toList()));
  }

  /** The contract's {@code Duplicates}. */
  private record DuplicatesAnswer(
      @Nullable String parent, List<ReportAnswer> followers, List<CandidateAnswer> candidates) {}

  private record CandidateAnswer(ReportAnswer report, double metres, long seconds) {
    static CandidateAnswer of(Candidate candidate) {
      return new CandidateAnswer(
          ReportAnswer.inList(candidate.report()),
          Math.round(candidate.metres()),
          candidate.seconds());
    }
  }

  /** The contract's {@code Merge}. */
  private record MergeBody(String parent, @Nullable Long version) {}

  private ApiReply merge(ApiCall call) {
    Report report = access.find(call);
    access.check(call.caller(), Permission.REVIEW, report);
    MergeBody body = call.body(MergeBody.class);
    Report parent = access.find(call.caller(), ReportAccess.id(body.parent()));
    access.check(call.caller(), Permission.REVIEW, parent);
    if (!Objects.equals(report.handling().agency(), parent.handling().agency())) {
      access.check(call.caller(), Permission.ASSIGN, report);
    }
    // The right was looked for on the report as it is here.
    long seen = requireNonNullElse(body.version(), report.handling().version());
    return changed(
        () -> reports.merge(report.id(), parent.id(), seen, call.actor(), call.origin()));
  }

  private ApiReply split(ApiCall call) {
    Report report = access.find(call);
    access.check(call.caller(), Permission.REVIEW, report);
    return changed(() -> reports.split(report.id(), call.actor(), call.origin()));
  }

  private static ApiReply changed(Supplier<Report> change) {
    try {
      return ApiReply.json(ReportAnswer.whole(change.get()));
    } catch (UnknownReportException e) {
      throw Problem.of(404, e);
    } catch (FollowsAnotherException | ReportChangedException e) {
      throw Problem.of(409, e);
    }
  }

  private ApiReply rules() {
    return ApiReply.json(RulesAnswer.of(settings.get(DuplicateRules.SETTING)));
  }

  /** The contract's {@code DuplicateRule}. */
  private record RuleJson(@Nullable List<String> types, double metres, String window) {
    DuplicateRules.Rule rule() {
      return new DuplicateRules.Rule(types, metres, CalendarText.duration("rules.window", window));
    }

    static RuleJson of(DuplicateRules.Rule rule) {
      return new RuleJson(rule.types(), rule.metres(), rule.window().toString());
    }
  }

  /** The contract's {@code DuplicateRulesReplacement}. */
  private record RulesBody(long version, List<RuleJson> rules) {}

  private ApiReply replaceRules(ApiCall call) {
    RulesBody body = call.body(RulesBody.class);
    return ApiReply.json(
        RulesAnswer.of(
            DeskSettingApi.replace(
                settings,
                DuplicateRules.SETTING,
                () -> new DuplicateRules(body.rules().stream().map(RuleJson::rule).toList()),
                body.version(),
                call)));
  }

  /** The contract's {@code DuplicateRules}. */
  private record RulesAnswer(
      long version, @Nullable Instant changedAt, @Nullable String changedBy, List<RuleJson> rules) {
    static RulesAnswer of(Versioned<DuplicateRules> now) {
      return new RulesAnswer(
          now.version(),
          now.changedAt(),
          now.changedBy(),
          now.value().rules().stream().map(RuleJson::of).toList());
    }
  }
}
