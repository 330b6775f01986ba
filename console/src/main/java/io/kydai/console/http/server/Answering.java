package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.RequestId;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Has answers made, and sends each in its way, on the event loop of its request. */
final class Answering {
  private final Vertx vertx;
  private final Consumer<RoutingContext> mayStill;
  private final Admissions recordings =
      new Admissions(Limits.RECORDINGS, Limits.RECORDINGS_OF_CALLER, Limits.RECORDINGS_OF_ADDRESS);
  private final Admissions slow =
      new Admissions(
          Limits.SLOW_EXPORTS, Limits.SLOW_EXPORTS_OF_CALLER, Limits.SLOW_EXPORTS_OF_ADDRESS);

  /**
   * @param mayStill throws a {@link Problem} where the caller may not have the answer any more
   */
  Answering(Vertx vertx, Consumer<RoutingContext> mayStill) {
    this.vertx = requireNonNull(vertx);
    this.mayStill = requireNonNull(mayStill);
  }

  /** Sends what is made on a worker. */
  void onWorker(RoutingContext context, WorkerExecutor worker, Callable<ApiReply> reply) {
    String id = Endpoints.id(context);
    worker
        .executeBlocking(() -> RequestId.logged(id, reply), false)
        .onComplete(
            made -> {
              try {
                send(context, worker, made);
              } catch (RuntimeException e) {
                context.fail(e);
              }
            },
            context::fail);
  }

  /**
   * Sends an answer.
   *
   * @param worker writes those that are written while the client reads
   */
  void send(RoutingContext context, WorkerExecutor worker, ApiReply reply) {
    if (reply instanceof ApiReply.Stream stream) {
      HttpResponses.stream(context, stream, worker, Endpoints.requester(context), slow);
    } else if (reply instanceof ApiReply.Composed composed) {
      HttpResponses.compose(context, composed, worker, Endpoints.requester(context), recordings);
    } else if (reply instanceof ApiReply.Later later) {
      sendLater(context, later);
    } else {
      HttpResponses.send(context, reply);
    }
  }

  /** Sends an answer when it is there; a client that has gone waits no more. */
  private void sendLater(RoutingContext context, ApiReply.Later later) {
    CompletableFuture<ApiReply> reply = later.reply();
    if (reply.isDone()) {
      // Nothing has waited for it.
      reply.whenComplete((made, failure) -> sendDone(context, made, failure));
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
    context.addEndHandler(
        ended -> {
          vertx.cancelTimer(timer);
          later.giveUp().run();
        });
    reply.whenComplete(
        (made, failure) -> loop.runOnContext(turn -> sendAfterWait(context, made, failure)));
  }

  private void sendAfterWait(
      RoutingContext context, @Nullable ApiReply reply, @Nullable Throwable failure) {
    if (context.response().ended() || context.response().closed()) {
      return;
    }
    try {
      mayStill.accept(context);
    } catch (RuntimeException e) {
      context.fail(e);
      return;
    }
    sendDone(context, reply, failure);
  }

  private static void sendDone(
      RoutingContext context, @Nullable ApiReply reply, @Nullable Throwable failure) {
    try {
      if (reply != null) {
        HttpResponses.send(context, reply);
      } else {
        Throwable cause =
            failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        context.fail(requireNonNull(cause));
      }
    } catch (RuntimeException e) {
      context.fail(e);
    }
  }
}
