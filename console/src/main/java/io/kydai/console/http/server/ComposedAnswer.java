package io.kydai.console.http.server;

import io.kydai.console.http.answer.ApiReply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends an answer that is made in pieces of {@value #PIECE} bytes. A worker makes a piece and is
 * free again; the next is made when the connection has taken it. So a client that does not read
 * holds a piece of memory and no worker, for {@value Limits#IDLE_SECONDS} s at most. All methods
 * run on the request's event loop.
 */
final class ComposedAnswer {
  static final int PIECE = 256 * 1024;
  private static final Logger LOG = LoggerFactory.getLogger(ComposedAnswer.class);

  private final Vertx vertx;
  private final HttpServerRequest request;
  private final WorkerExecutor worker;
  private final ApiReply.RangeWriter body;
  private final Admissions.Place place;

  /**
   * @param place is given back when the answer has ended in one way or another
   */
  ComposedAnswer(
      Vertx vertx,
      HttpServerRequest request,
      WorkerExecutor worker,
      ApiReply.RangeWriter body,
      Admissions.Place place) {
    this.vertx = vertx;
    this.request = request;
    this.worker = worker;
    this.body = body;
    this.place = place;
  }

  /** Sends a range of the body, whose headers were set. */
  void send(long first, long length) {
    request.response().closeHandler(closed -> place.close());
    next(first, length);
  }

  private void next(long first, long left) {
    if (left == 0) {
      place.close();
      request.response().end();
      return;
    }
    if (request.response().closed()) {
      place.close();
      return;
    }
    int length = (int) Math.min(PIECE, left);
    worker
        .executeBlocking(() -> piece(first, length), false)
        .compose(this::write)
        .onSuccess(taken -> next(first + length, left - length))
        .onFailure(
            e -> {
              LOG.debug("{} was not sent whole: {}", request.path(), e.toString());
              place.close();
              HttpResponses.cutOff(request);
            });
  }

  private Buffer piece(long first, int length) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    body.writeTo(out, first, length);
    return Buffer.buffer(out.toByteArray());
  }

  private Future<Void> write(Buffer piece) {
    long timer = vertx.setTimer(Limits.IDLE_SECONDS * 1000L, late -> HttpResponses.cutOff(request));
    return request.response().write(piece).onComplete(taken -> vertx.cancelTimer(timer));
  }
}
