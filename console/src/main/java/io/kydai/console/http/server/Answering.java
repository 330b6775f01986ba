package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.origin.RequestId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Has answers made, and sends each in its way, on the event loop of its request. */
final class Answering {
  private final Vertx vertx;
  private final Admissions recordings =
      new Admissions(Limits.RECORDINGS, Limits.RECORDINGS_OF_CALLER, Limits.RECORDINGS_OF_ADDRESS);
  private final Admissions slow =
      new Admissions(
          Limits.SLOW_EXPORTS, Limits.SLOW_EXPORTS_OF_CALLER, Limits.SLOW_EXPORTS_OF_ADDRESS);

  Answering(Vertx vertx) {
    this.vertx = requireNonNull(vertx);
  }

  /** Sends what is made on a worker. */
  void onWorker(Exchange exchange, WorkerExecutor worker, Callable<ApiReply> reply) {
    String id = HttpResponses.id(exchange.request());
    worker
        .executeBlocking(() -> RequestId.logged(id, reply), false)
        .onComplete(
            made -> {
              try {
                send(exchange, worker, made);
              } catch (RuntimeException e) {
                exchange.fail(e);
              }
            },
            exchange::fail);
  }

  /**
   * Sends an answer.
   *
   * @param worker writes those that are written while the client reads
   */
  void send(Exchange exchange, WorkerExecutor worker, ApiReply reply) {
    if (reply instanceof ApiReply.Stream stream) {
      HttpResponses.stream(vertx, exchange.request(), stream, worker, exchange.requester(), slow);
    } else if (reply instanceof ApiReply.Composed composed) {
      HttpResponses.compose(
          vertx, exchange.request(), composed, worker, exchange.requester(), recordings);
    } else if (reply instanceof ApiReply.Later later) {
      sendLater(exchange, later);
    } else {
      HttpResponses.send(exchange.request(), reply);
    }
  }

  /** Sends an answer when it is there; a client that has gone waits no more. */
  private void sendLater(Exchange exchange, ApiReply.Later later) {
    CompletableFuture<ApiReply> reply = later.reply();
    if (reply.isDone()) {
      // Nothing has waited for it.
      reply.whenComplete((made, failure) -> sendDone(exchange, made, failure));
      return;
    }
    Context loop = vertx.getOrCreateContext();
    long timer =
        vertx.setTimer(
            later.patience().toMillis(),
            late -> {
              reply.completeExceptionally(later.late());
              later.giveUp().run();
            });
    exchange.whenOver(
        () -> {
          vertx.cancelTimer(timer);
          later.giveUp().run();
        });
    reply.whenComplete(
        (made, failure) -> loop.runOnContext(turn -> sendAfterWait(exchange, made, failure)));
  }

  private void sendAfterWait(
      Exchange exchange, @Nullable ApiReply reply, @Nullable Throwable failure) {
    HttpServerResponse response = exchange.request().response();
    if (response.ended() || response.closed()) {
      return;
    }
    try {
      exchange.checkAgain();
    } catch (RuntimeException e) {
      exchange.fail(e);
      return;
    }
    sendDone(exchange, reply, failure);
  }

  private static void sendDone(
      Exchange exchange, @Nullable ApiReply reply, @Nullable Throwable failure) {
    try {
      if (reply != null) {
        HttpResponses.send(exchange.request(), reply);
      } else {
        Throwable cause =
            failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        exchange.fail(requireNonNull(cause));
      }
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }
}
