package io.kydai.console.http.api.cases;

import io.kydai.console.cases.CaseLink;
import io.kydai.console.cases.CaseLinks;
import io.kydai.console.cases.CaseRefusedException;
import io.kydai.console.cases.Cases;
import io.kydai.console.cases.ExportedCase;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations on links to cases of those who may export recordings. */
public final class CaseLinkApi {
  private final CaseLinks links;
  private final CaseAccess access;
  private final Clock clock;

  /** Creates the operations. */
  public CaseLinkApi(Cases cases, Cameras cameras, Clock clock) {
    this.links = cases.links();
    this.access = new CaseAccess(cases, cameras);
    this.clock = clock;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("listCaseLinks", desk, this::list)
        .on("addCaseLink", desk, this::add)
        .on("removeCaseLink", desk, this::remove);
  }

  /** The contract's {@code CaseLinkList}. */
  private record LinkList(List<LinkAnswer> links) {}

  private ApiReply list(ApiCall call) {
    ExportedCase one = access.find(call, call.path("id"));
    return ApiReply.json(new LinkList(links.of(one.id()).stream().map(LinkAnswer::of).toList()));
  }

  /** The contract's {@code CaseLinkProperties}. */
  private record LinkProperties(String reason, String expiresAt, int downloads) {}

  /** The contract's {@code MadeCaseLink}. */
  private record MadeAnswer(LinkAnswer link, String secret) {}

  private ApiReply add(ApiCall call) {
    ExportedCase one = access.find(call, call.path("id"));
    access.checkPictures(call.caller(), one);
    LinkProperties body = call.body(LinkProperties.class);
    Instant expires = ApiCall.time("expires-at", body.expiresAt());
    Instant now = clock.instant();
    if (!expires.isAfter(now) || expires.isAfter(now.plus(CaseLinks.LONGEST))) {
      throw Problem.badField(
          "expires-at",
          "Expected: a time to come, within " + CaseLinks.LONGEST.toDays() + " days.");
    }
    try {
      CaseLinks.Made made =
          links.add(
              one,
              CaseApi.line("reason", body.reason()),
              expires,
              body.downloads(),
              call.actor(),
              call.origin());
      return ApiReply.json(
          201, new MadeAnswer(LinkAnswer.of(made.link()), made.secret()), Map.of());
    } catch (CaseRefusedException e) {
      throw Problem.of(409, e);
    }
  }

  private ApiReply remove(ApiCall call) {
    String id = call.path("id");
    CaseLink link =
        links.find(id).orElseThrow(() -> Problem.notFound("link " + ErrorText.shown(id)));
    links.revoke(access.find(call, link.exportedCase()), link, call.actor(), call.origin());
    return ApiReply.done();
  }

  /** The contract's {@code CaseLink}. */
  private record LinkAnswer(
      String id,
      String reason,
      String actor,
      Instant createdAt,
      Instant expiresAt,
      int mostDownloads,
      int downloads,
      @Nullable Instant lastUsedAt,
      @Nullable Instant revokedAt) {
    static LinkAnswer of(CaseLink link) {
      return new LinkAnswer(
          link.id(),
          link.reason(),
          link.actor(),
          link.createdAt(),
          link.expiresAt(),
          link.mostDownloads(),
          link.downloads(),
          link.lastUsedAt(),
          link.revokedAt());
    }
  }
}
