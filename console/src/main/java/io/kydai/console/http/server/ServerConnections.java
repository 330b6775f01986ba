package io.kydai.console.http.server;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.answer.Problem;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * The server's connections: each has one place of the {@link ConnectionLimiter}, and its requests
 * come within bounds, over HTTP/1.1 by {@link RequestReception}, over HTTP/2 by {@link
 * StreamReception}. The methods are called on the connection's event loop.
 */
public final class ServerConnections {
  private static final String HTTP_1_CODEC = "httpEncoder";

  private static final AttributeKey<ConnectionLimiter.Place> PLACE =
      AttributeKey.valueOf(ServerConnections.class, "place");

  private static final AttributeKey<StreamReception> STREAMS =
      AttributeKey.valueOf(ServerConnections.class, "streams");

  private final ConnectionLimiter limiter;

  public ServerConnections(ConnectionLimiter limiter) {
    this.limiter = requireNonNull(limiter);
  }

  /** Returns the number of open connections. */
  public int open() {
    return limiter.open();
  }

  private static Channel channel(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  /**
   * Takes a connection in, once its protocol is known. Its place belongs to the channel, because
   * Vert.x puts another connection there for a WebSocket.
   */
  public void enter(HttpConnection connection) {
    Channel channel = channel(connection);
    count(channel);
    ConnectionLimiter.Place place = channel.attr(PLACE).get();
    if (place.refused()) {
      return;
    }
    if (channel.pipeline().get(HTTP_1_CODEC) != null) {
      RequestReception.install(channel.pipeline(), HTTP_1_CODEC, place);
    } else {
      channel.attr(STREAMS).set(StreamReception.install(channel.pipeline(), place));
    }
  }

  /** Gives a connection its place, once; closes it when there is none. */
  public void count(Channel channel) {
    if (channel.hasAttr(PLACE)) {
      return;
    }
    ConnectionLimiter.Place place =
        limiter.enter(((InetSocketAddress) channel.remoteAddress()).getAddress(), channel::close);
    channel.attr(PLACE).set(place);
    if (place.refused()) {
      channel.close();
    } else {
      channel.closeFuture().addListener(closed -> place.close());
    }
  }

  /** Returns why a request is refused before it is looked at; empty where it may be answered. */
  public Optional<Problem> refusal(HttpServerRequest request) {
    StreamReception streams = channel(request.connection()).attr(STREAMS).get();
    return streams == null ? Optional.empty() : streams.refusal(request);
  }
}
