package io.kydai.console.http.server;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers to the connection, on the event loop. */
public final class HttpResponses {
  private static final Logger LOG = LoggerFactory.getLogger(HttpResponses.class);

  private HttpResponses() {}

  static void send(RoutingContext context, ApiReply reply) {
    HttpServerResponse response = context.response();
    reply.headers().forEach(response::putHeader);
    if (reply instanceof ApiReply.File file) {
      sendFile(context, file);
    } else if (reply instanceof ApiReply.Bytes bytes) {
      sendBytes(context, bytes);
    }
  }

  /**
   * Answers a request that could not be read, and closes the connection, which cannot be read any
   * further. Not at once where the client is still sending: bytes that were not read would make the
   * system reset the connection, and the answer be lost on its way (RFC 9112, section 9.6). So that
   * is dropped until the client has ended, or for {@link Limits#LINGER_MILLIS}.
   */
  public static void last(Vertx vertx, HttpServerRequest request, Problem problem) {
    byte[] body = Json.bytes(problem.document(request.response().headers().get(RequestId.HEADER)));
    problem.headers().forEach(request.response()::putHeader);
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Content-Length", String.valueOf(body.length))
        .putHeader("Connection", "close")
        .end(Buffer.buffer(body))
        .onComplete(done -> linger(vertx, request));
  }

  private static void linger(Vertx vertx, HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (request.isEnded()) {
      connection.close();
      return;
    }
    long timer = vertx.setTimer(Limits.LINGER_MILLIS, late -> connection.close());
    request
        .handler(dropped -> {})
        .resume()
        .end()
        .onComplete(
            ended -> {
              vertx.cancelTimer(timer);
              connection.close();
            });
  }

  /** Sends an answer that is written while the client reads it; the worker waits for the client. */
  static void stream(RoutingContext context, ApiReply.Stream reply, WorkerExecutor worker) {
    HttpServerResponse response = context.response();
    reply.headers().forEach(response::putHeader);
    response.putHeader("Content-Type", reply.mediaType());
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    response.setChunked(true);
    ResponseStream out = new ResponseStream(response, context.vertx().getOrCreateContext());
    worker
        .executeBlocking(
            () -> {
              reply.body().writeTo(out);
              out.flush();
              return true;
            },
            false)
        .onSuccess(whole -> response.end())
        .onFailure(
            e -> {
              LOG.debug("{} was not sent whole: {}", context.normalizedPath(), e.toString());
              context.request().connection().close();
            });
  }

  private static void sendBytes(RoutingContext context, ApiReply.Bytes reply) {
    HttpServerResponse response = context.response();
    if (unchanged(context, reply.headers().get("ETag"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.setStatusCode(reply.status());
    if (reply.status() == 204) {
      response.end();
      return;
    }
    response.putHeader("Content-Type", reply.mediaType());
    response.putHeader("Content-Length", String.valueOf(reply.body().length));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(reply.body()));
    }
  }

  private static void sendFile(RoutingContext context, ApiReply.File file) {
    HttpServerResponse response = context.response();
    response.putHeader("Accept-Ranges", "bytes");
    response.putHeader("ETag", file.tag());
    if (unchanged(context, file.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    Optional<ByteRange> range = range(context, file);
    range.ifPresent(
        part ->
            response.setStatusCode(206).putHeader("Content-Range", part.contentRange(file.size())));
    long first = range.map(ByteRange::first).orElse(0L);
    long length = range.map(ByteRange::length).orElse(file.size());
    response.putHeader("Content-Type", file.mediaType());
    response.putHeader("Content-Length", String.valueOf(length));
    if (context.request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    response
        .sendFile(file.path().toString(), first, length)
        .onFailure(
            e -> {
              LOG.debug("{} was not sent whole: {}", context.normalizedPath(), e.toString());
              context.request().connection().close();
            });
  }

  /** A range counts only while the file is the one that the client knows (RFC 9110, 13.1.5). */
  private static Optional<ByteRange> range(RoutingContext context, ApiReply.File file) {
    String range = context.request().getHeader("Range");
    String condition = context.request().getHeader("If-Range");
    if (range == null || (condition != null && !condition.equals(file.tag()))) {
      return Optional.empty();
    }
    return ByteRange.of(range, file.size());
  }

  private static boolean unchanged(RoutingContext context, @Nullable String tag) {
    String known = context.request().getHeader("If-None-Match");
    return tag != null && known != null && (known.equals("*") || known.contains(tag));
  }
}
