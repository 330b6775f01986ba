package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.Problem;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.concurrent.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what comes on one connection of HTTP/2 (RFC 9113), as {@link RequestReception} does for
 * HTTP/1.1. How many streams there may be at a time, how large their headers are and how often they
 * may be reset is bounded by the codec.
 *
 * <ul>
 *   <li>A body must be complete {@link Limits#BODY_SECONDS} after its request's headers; else the
 *       stream is reset.
 *   <li>{@link Limits#STREAM_BODIES} requests with a body are at work at a time; the next is
 *       answered with 503.
 *   <li>The {@link ConnectionLimiter} learns when no request of the connection is at work.
 * </ul>
 *
 * All methods run on the connection's event loop.
 */
final class StreamReception extends Http2ConnectionAdapter {
  private final ConnectionLimiter.Place place;
  private final Http2ConnectionHandler codec;
  private final ChannelHandlerContext context;

  /** The streams whose requests are complete. */
  private final Set<Http2Stream> atWork = new HashSet<>();

  /** The streams whose requests have a body, until they are closed, and when that must be there. */
  private final Map<Http2Stream, Future<?>> withBody = new HashMap<>();

  private StreamReception(
      ConnectionLimiter.Place place, Http2ConnectionHandler codec, ChannelHandlerContext context) {
    this.place = requireNonNull(place);
    this.codec = requireNonNull(codec);
    this.context = requireNonNull(context);
  }

  /** Watches a connection from its beginning. */
  static StreamReception install(ChannelPipeline pipeline, ConnectionLimiter.Place place) {
    Http2ConnectionHandler codec = pipeline.get(Http2ConnectionHandler.class);
    StreamReception reception = new StreamReception(place, codec, pipeline.context(codec));
    codec.connection().addListener(reception);
    return reception;
  }

  @Override
  public void onStreamActive(Http2Stream stream) {
    if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
      whole(stream);
      return;
    }
    withBody.put(
        stream,
        context.executor().schedule(() -> onLate(stream), Limits.BODY_SECONDS, TimeUnit.SECONDS));
  }

  private void onLate(Http2Stream stream) {
    codec.resetStream(context, stream.id(), Http2Error.CANCEL.code(), context.newPromise());
    context.flush();
  }

  @Override
  public void onStreamHalfClosed(Http2Stream stream) {
    if (stream.state() == Http2Stream.State.HALF_CLOSED_REMOTE) {
      whole(stream);
    }
  }

  private void whole(Http2Stream stream) {
    cancel(withBody.get(stream));
    atWork.add(stream);
    place.busy();
  }

  private static void cancel(@Nullable Future<?> deadline) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  @Override
  public void onStreamClosed(Http2Stream stream) {
    cancel(withBody.remove(stream));
    if (atWork.remove(stream) && atWork.isEmpty()) {
      place.waiting();
    }
  }

  /** Returns why a request is refused; empty where it may be answered. */
  Optional<Problem> refusal(HttpServerRequest request) {
    boolean body = withBody.containsKey(codec.connection().stream((int) request.streamId()));
    return body && withBody.size() > Limits.STREAM_BODIES
        ? Optional.of(
            Problem.of(503, "Too many bodies are sent at a time on this connection.")
                .withHeader("Retry-After", "1"))
        : Optional.empty();
  }
}
