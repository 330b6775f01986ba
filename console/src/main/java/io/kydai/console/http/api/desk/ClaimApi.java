package io.kydai.console.http.api.desk;

import io.kydai.console.claims.ClaimedException;
import io.kydai.console.claims.Claims;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Permission;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on the claims of reports. */
public final class ClaimApi {
  private final Claims claims;
  private final ReportAccess access;

  public ClaimApi(Desk desk, Cameras cameras) {
    this.claims = desk.claims();
    this.access = new ReportAccess(desk.reports(), cameras);
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("claimReport", desk, this::claim)
        .on("releaseReport", desk, this::release)
        .on("listClaims", desk, this::list);
  }

  /** The contract's {@code ClaimRequest}. */
  private record ClaimRequest(@Nullable Boolean takeOver) {}

  private ApiReply claim(ApiCall call) {
    Report report = access.find(call);
    access.check(call.caller(), Permission.REVIEW, report);
    try {
      return ApiReply.json(
          ClaimAnswer.of(
              claims.claim(
                  report.withoutHistory(),
                  call.actor(),
                  Boolean.TRUE.equals(call.body(ClaimRequest.class).takeOver()))));
    } catch (ClaimedException e) {
      throw Problem.of(409, e);
    }
  }

  private ApiReply release(ApiCall call) {
    claims.release(access.find(call).id(), call.actor());
    return ApiReply.done();
  }

  private ApiReply list(ApiCall call) {
    return ApiReply.json(
        new ClaimList(
            claims.all().stream()
                .filter(claim -> access.may(call.caller(), Permission.EVIDENCE, claim.report()))
                .map(ClaimAnswer::of)
                .toList()));
  }

  /** The contract's {@code ClaimList}. */
  private record ClaimList(List<ClaimAnswer> claims) {}
}
