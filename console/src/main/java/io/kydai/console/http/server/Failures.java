package io.kydai.console.http.server;

import io.kydai.console.audit.Actor;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.RequestId;
import io.kydai.console.store.StoreException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that failed, each in the same words: a {@link Problem} as it says, anything else
 * with 500 and without its message, which is logged.
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final Vertx vertx;
  private Endpoints.RefusalListener refusals = (requester, operation, status, refusal) -> {};

  Failures(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Sets who hears of refusals; to be called before the first request. */
  void onRefusal(Endpoints.RefusalListener listener) {
    refusals = listener;
  }

  /**
   * Answers a request.
   *
   * @param requester null where it is not known yet
   * @param operation the operation's id in the contract; null where it is none of these
   */
  void answer(
      HttpServerRequest request,
      @Nullable Requester requester,
      @Nullable String operation,
      Throwable failure) {
    HttpServerResponse response = request.response();
    if (response.ended()
        || response.closed()
        || failure instanceof HttpClosedException
        || (failure instanceof IOException && !request.isEnded())) {
      // The client has its answer already, or has gone in the middle of its request.
      return;
    }
    if (response.headWritten()) {
      HttpResponses.cutOff(request);
      return;
    }
    Problem problem = problem(request, failure);
    if (requester != null && operation != null) {
      problem
          .refusal()
          .ifPresent(refusal -> refused(requester, operation, problem.status(), refusal));
    }
    if (problem.status() == 413 || request.headers().contains("Upgrade")) {
      HttpResponses.last(vertx, request, problem);
    } else {
      HttpResponses.send(request, problem.reply(HttpResponses.id(request)));
    }
  }

  /** A request without a log-in is no refusal of a right, and its sender is nobody known. */
  private void refused(Requester requester, String operation, int status, Problem.Refusal refusal) {
    if (requester.caller().actor().kind() != Actor.Kind.ANONYMOUS) {
      refusals.refused(requester, operation, status, refusal);
    }
  }

  private static Problem problem(HttpServerRequest request, Throwable failure) {
    if (failure instanceof Problem problem) {
      return problem;
    }
    if (failure instanceof StoreException) {
      // The database's own log tells of it, once.
      return Problem.of(503, "The database does not answer; /healthz says why.");
    }
    RequestId.logged(
        HttpResponses.id(request),
        () -> LOG.error("{} {} failed", request.method(), request.path(), failure));
    return Problem.of(500, "The node failed to answer; its log says why.");
  }
}
