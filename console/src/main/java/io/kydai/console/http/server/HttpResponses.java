package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.origin.RequestId;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.Http2Error;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers to the connection, on the event loop. */
public final class HttpResponses {
  private static final Logger LOG = LoggerFactory.getLogger(HttpResponses.class);

  private HttpResponses() {}

  /** Returns the id that a request's answer has. */
  static String id(HttpServerRequest request) {
    return requireNonNull(request.response().headers().get(RequestId.HEADER));
  }

  static void send(HttpServerRequest request, ApiReply reply) {
    HttpServerResponse response = request.response();
    reply.headers().forEach(response::putHeader);
    if (reply instanceof ApiReply.File file) {
      sendFile(request, file);
    } else if (reply instanceof ApiReply.Bytes bytes) {
      sendBytes(request, bytes);
    } else if (reply instanceof ApiReply.Shared shared) {
      sendShared(request, shared);
    }
  }

  /**
   * Answers a request that could not be read, and closes the connection, which cannot be read any
   * further. Not at once where the client is still sending: bytes that were not read would make the
   * system reset the connection, and the answer be lost on its way (RFC 9112, section 9.6). So that
   * is dropped until the client has ended, or for {@link Limits#LINGER_MILLIS}. Over HTTP/2 only
   * the stream is closed.
   */
  public static void last(Vertx vertx, HttpServerRequest request, Problem problem) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.response().putHeader("Connection", "close");
    }
    byte[] body = Json.bytes(problem.document(request.response().headers().get(RequestId.HEADER)));
    problem.headers().forEach(request.response()::putHeader);
    request
        .response()
        .setStatusCode(problem.status())
        .putHeader("Content-Type", Problem.MEDIA_TYPE)
        .putHeader("Content-Length", String.valueOf(body.length))
        .end(Buffer.buffer(body))
        .onComplete(done -> linger(vertx, request));
  }

  /** Ends an answer that cannot become whole, so that the client knows that it is not. */
  static void cutOff(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset(Http2Error.INTERNAL_ERROR.code());
    } else {
      request.connection().close();
    }
  }

  private static void linger(Vertx vertx, HttpServerRequest request) {
    if (request.isEnded()) {
      end(request);
      return;
    }
    long timer = vertx.setTimer(Limits.LINGER_MILLIS, late -> end(request));
    request
        .handler(dropped -> {})
        .resume()
        .end()
        .onComplete(
            ended -> {
              vertx.cancelTimer(timer);
              end(request);
            });
  }

  /** Of a body over HTTP/2 that still comes nothing more is wanted (RFC 9113, section 8.1). */
  private static void end(HttpServerRequest request) {
    if (request.version() != HttpVersion.HTTP_2) {
      request.connection().close();
    } else if (!request.isEnded()) {
      request.response().reset(Http2Error.NO_ERROR.code());
    }
  }

  /**
   * Sends an answer that is written while the client reads it; the worker waits for the client.
   *
   * @param slow the answers whose clients have let a worker wait for long
   */
  static void stream(
      Vertx vertx,
      HttpServerRequest request,
      ApiReply.Stream reply,
      WorkerExecutor worker,
      Requester requester,
      Admissions slow) {
    HttpServerResponse response = request.response();
    reply.headers().forEach(response::putHeader);
    response.putHeader("Content-Type", reply.mediaType());
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    response.setChunked(true);
    ResponseStream out =
        new ResponseStream(
            response,
            vertx.getOrCreateContext(),
            new SlowReader(slow, requester, Limits.SLOW_MILLIS));
    worker
        .executeBlocking(
            () -> {
              try (out) {
                reply.body().writeTo(out);
                out.flush();
              }
              return true;
            },
            false)
        .onSuccess(whole -> response.end())
        .onFailure(
            e -> {
              LOG.debug("{} was not sent whole: {}", request.path(), e.toString());
              cutOff(request);
            });
  }

  /**
   * Sends an answer, or the range that the client asks for, that is made while the client reads.
   *
   * @param underWay the answers of this kind
   * @throws Problem 429 where there are too many of this caller's or address's
   */
  static void compose(
      Vertx vertx,
      HttpServerRequest request,
      ApiReply.Composed reply,
      WorkerExecutor worker,
      Requester requester,
      Admissions underWay) {
    Admissions.Place place = underWay.enter(requester);
    if (place.none()) {
      throw Problem.of(429, "Too many recordings are being sent to you at a time.")
          .withHeader("Retry-After", "5");
    }
    try {
      reply.headers().forEach(request.response()::putHeader);
      Part part = part(request, reply.size(), reply.mediaType(), reply.tag());
      if (part.wanted()) {
        new ComposedAnswer(vertx, request, worker, reply.body(), place)
            .send(part.first(), part.length());
      } else {
        place.close();
      }
    } catch (RuntimeException e) {
      // Such as for a range that the recording does not have.
      place.close();
      throw e;
    }
  }

  private static void sendBytes(HttpServerRequest request, ApiReply.Bytes reply) {
    HttpServerResponse response = request.response();
    if (unchanged(request, reply.headers().get("ETag"))) {
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
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(Buffer.buffer(reply.body()));
    }
  }

  private static void sendShared(HttpServerRequest request, ApiReply.Shared reply) {
    HttpServerResponse response = request.response();
    response.putHeader("Content-Type", reply.mediaType());
    response.putHeader("Content-Length", String.valueOf(reply.size()));
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      ByteBuffer[] buffers = reply.body().toArray(ByteBuffer[]::new);
      // With as many components as there are buffers: fewer would make Netty join them by a copy.
      response.end(BufferInternal.buffer(Unpooled.wrappedBuffer(buffers.length, buffers)));
    }
  }

  /**
   * The part of a body that is sent.
   *
   * @param wanted whether a body follows the headers
   */
  private record Part(long first, long length, boolean wanted) {}

  /** Writes the headers of a whole body or of a range of it, and ends an answer without a body. */
  private static Part part(HttpServerRequest request, long size, String mediaType, String tag) {
    HttpServerResponse response = request.response();
    response.putHeader("Accept-Ranges", "bytes");
    response.putHeader("ETag", tag);
    if (unchanged(request, tag)) {
      response.setStatusCode(304).end();
      return new Part(0, 0, false);
    }
    Optional<ByteRange> range = range(request, size, tag);
    range.ifPresent(
        part -> response.setStatusCode(206).putHeader("Content-Range", part.contentRange(size)));
    long first = range.map(ByteRange::first).orElse(0L);
    long length = range.map(ByteRange::length).orElse(size);
    response.putHeader("Content-Type", mediaType);
    response.putHeader("Content-Length", String.valueOf(length));
    boolean wanted = !request.method().equals(HttpMethod.HEAD);
    if (!wanted) {
      response.end();
    }
    return new Part(first, length, wanted);
  }

  private static void sendFile(HttpServerRequest request, ApiReply.File file) {
    Part part = part(request, file.size(), file.mediaType(), file.tag());
    if (!part.wanted()) {
      return;
    }
    request
        .response()
        .sendFile(file.path().toString(), part.first(), part.length())
        .onFailure(
            e -> {
              LOG.debug("{} was not sent whole: {}", request.path(), e.toString());
              cutOff(request);
            });
  }

  /** A range counts only while the file is the one that the client knows (RFC 9110, 13.1.5). */
  private static Optional<ByteRange> range(HttpServerRequest request, long size, String tag) {
    String range = request.getHeader("Range");
    String condition = request.getHeader("If-Range");
    if (range == null || (condition != null && !condition.equals(tag))) {
      return Optional.empty();
    }
    return ByteRange.of(range, size);
  }

  private static boolean unchanged(HttpServerRequest request, @Nullable String tag) {
    String known = request.getHeader("If-None-Match");
    return tag != null && known != null && (known.equals("*") || known.contains(tag));
  }
}
