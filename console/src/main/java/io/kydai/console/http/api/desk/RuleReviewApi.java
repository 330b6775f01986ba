package io.kydai.console.http.api.desk;

import io.kydai.analytics.alert.RuleId;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.incidents.Incidents;
import io.kydai.console.incidents.Mute;
import io.kydai.console.incidents.Verdicts;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.users.Permission;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The operations on what people find of rules: mutes, and the share of rejected reports. */
public final class RuleReviewApi {
  private static final Duration USUAL = Duration.ofDays(30);

  private final Incidents incidents;
  private final Cameras cameras;
  private final Clock clock;

  public RuleReviewApi(Desk desk, Cameras cameras, Clock clock) {
    this.incidents = desk.incidents();
    this.cameras = cameras;
    this.clock = clock;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("muteRule", desk, this::mute)
        .on("unmuteRule", desk, this::unmute)
        .on("listMutes", desk, this::mutes)
        .on("listVerdicts", desk, this::verdicts);
  }

  /** The contract's {@code MuteRequest}. */
  private record MuteRequest(String until, String reason) {}

  private ApiReply mute(ApiCall call) {
    MuteRequest body = call.body(MuteRequest.class);
    CameraId camera = CameraApi.id(call.path("id"));
    RuleId rule = IncidentApi.rule(call);
    boolean known =
        cameras.find(camera).stream()
            .flatMap(view -> view.config().rules().stream())
            .anyMatch(one -> one.id().equals(rule.value()));
    if (!known) {
      throw Problem.notFound("rule " + rule);
    }
    try {
      return ApiReply.json(
          MuteAnswer.of(
              incidents.mute(
                  camera,
                  rule,
                  ApiCall.time("until", body.until()),
                  body.reason(),
                  call.actor(),
                  call.origin())));
    } catch (InvalidReportRequestException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private ApiReply unmute(ApiCall call) {
    incidents.unmute(
        new CameraId(call.path("id")), IncidentApi.rule(call), call.actor(), call.origin());
    return ApiReply.done();
  }

  private boolean sees(ApiCall call, CameraId camera) {
    return call.caller().since(Permission.EVIDENCE, CameraPlaces.of(camera, cameras)).isPresent();
  }

  private ApiReply mutes(ApiCall call) {
    return ApiReply.json(
        new MuteList(
            incidents.mutes().stream()
                .filter(mute -> sees(call, mute.camera()))
                .map(MuteAnswer::of)
                .toList()));
  }

  private ApiReply verdicts(ApiCall call) {
    Instant since = call.time("since").orElseGet(() -> clock.instant().minus(USUAL));
    return ApiReply.json(
        new VerdictList(
            since,
            incidents.verdicts(since).stream()
                .filter(one -> sees(call, one.camera()))
                .map(VerdictAnswer::of)
                .toList()));
  }

  /** The contract's {@code Mute}. */
  private record MuteAnswer(
      String camera, String rule, Instant since, Instant until, String actor, String reason) {
    static MuteAnswer of(Mute mute) {
      return new MuteAnswer(
          mute.camera().value(),
          mute.rule().value(),
          mute.since(),
          mute.until(),
          mute.actor(),
          mute.reason());
    }
  }

  /** The contract's {@code MuteList}. */
  private record MuteList(List<MuteAnswer> mutes) {}

  /** The contract's {@code Verdicts}. */
  private record VerdictAnswer(
      String camera,
      String rule,
      int verified,
      int rejected,
      double rejectedShare,
      boolean oftenRejected) {
    static VerdictAnswer of(Verdicts verdicts) {
      return new VerdictAnswer(
          verdicts.camera().value(),
          verdicts.rule().value(),
          verdicts.verified(),
          verdicts.rejected(),
          verdicts.rejectedShare(),
          verdicts.oftenRejected());
    }
  }

  /** The contract's {@code VerdictList}. */
  private record VerdictList(Instant since, List<VerdictAnswer> rules) {}
}
