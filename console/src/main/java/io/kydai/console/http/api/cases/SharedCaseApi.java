package io.kydai.console.http.api.cases;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.cases.CaseLinks;
import io.kydai.console.cases.Cases;
import io.kydai.console.cases.ExportedCase;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The operations by which somebody without an account downloads a case. The link's secret is in the
 * bodies of requests only, and what goes on with a download is a cookie: neither is in an address,
 * and so in no log of this node or of a proxy before it. Whatever opens nothing has one answer, be
 * it unknown, expired, revoked or used up.
 */
public final class SharedCaseApi {
  private static final String COOKIE = "kydai-shared-case";
  private static final String PATH = "/api/v1/shared-case/";

  private final Cases cases;
  private final AuditGroups audit;
  private final LinkThrottle throttle;

  /** Creates the operations. */
  public SharedCaseApi(Cases cases, AuditGroups audit, Clock clock) {
    this.cases = cases;
    this.audit = audit;
    throttle = new LinkThrottle(clock);
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("showSharedCase", desk, this::show)
        .on("beginSharedCase", desk, this::begin)
        .on("getSharedCaseArchive", desk, this::archive);
  }

  /** The contract's {@code SharedCaseSecret}. */
  private record Secret(String secret) {
    /** Hides the secret. */
    @Override
    public String toString() {
      return "Secret[]";
    }
  }

  /** The contract's {@code SharedCase}. */
  private record Answer(
      String id,
      String title,
      Instant from,
      Instant to,
      long size,
      String sha256,
      Instant expiresAt,
      int downloadsLeft) {}

  private ApiReply show(ApiCall call) {
    checkPace(call);
    CaseLinks.Shown shown =
        cases.links().show(call.body(Secret.class).secret()).orElseThrow(() -> opensNothing(call));
    ExportedCase one = shown.exported();
    return ApiReply.json(
        new Answer(
            one.id(),
            one.wish().title(),
            one.wish().from(),
            one.wish().to(),
            one.size() == null ? 0 : one.size(),
            String.valueOf(one.sha256()),
            shown.link().expiresAt(),
            shown.link().mostDownloads() - shown.link().downloads()));
  }

  /** The contract's {@code SharedCaseDownload}. */
  private record Download(String href) {}

  private ApiReply begin(ApiCall call) {
    checkPace(call);
    CaseLinks.Begun begun =
        cases
            .links()
            .begin(call.body(Secret.class).secret(), call.origin())
            .orElseThrow(() -> opensNothing(call));
    String folder = PATH + begun.exported().id() + '/';
    return ApiReply.json(
        201,
        new Download(folder + "case.zip"),
        Map.of(
            "Set-Cookie",
            COOKIE
                + '='
                + begun.ticket()
                + "; Path="
                + folder
                + "; Max-Age="
                + CaseLinks.LASTING.toSeconds()
                + "; HttpOnly; SameSite=Strict"
                + (call.requester().client().secure() ? "; Secure" : "")));
  }

  private ApiReply archive(ApiCall call) {
    CaseLinks.Shown shown =
        call.requester()
            .cookie(COOKIE)
            .flatMap(ticket -> cases.links().goOn(call.path("id"), ticket))
            .orElseThrow(SharedCaseApi::nothing);
    ExportedCase one = shown.exported();
    Path file = cases.file(one).orElseThrow(SharedCaseApi::nothing);
    audit.record(
        AuditEvent.of(
                AuditEventType.CASE_DOWNLOADED,
                Actor.anonymous("link " + shown.link().id()),
                call.origin())
            .detail("case", one.id())
            .detail("title", one.wish().title())
            .detail("sha256", one.sha256()));
    return CaseAccess.archive(one, file);
  }

  private void checkPace(ApiCall call) {
    Duration wait = throttle.wait(address(call));
    if (!wait.isZero()) {
      throw Problem.of(429, "Too many links that open nothing were tried from this address.")
          .withHeader("Retry-After", String.valueOf(wait.toSeconds() + 1));
    }
  }

  private static String address(ApiCall call) {
    return String.valueOf(call.origin().address());
  }

  private Problem opensNothing(ApiCall call) {
    throttle.failed(address(call));
    return nothing();
  }

  private static Problem nothing() {
    return Problem.notFound("case behind this link (any more)");
  }
}
