package io.kydai.ingest.simulator;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The GET connections of HTTP tunnels by their cookies. A connection is removed when it closes. */
final class Tunnels {
  private final Map<String, Channel> open = new ConcurrentHashMap<>();

  /** Adds a GET connection; returns false when there is one with the same cookie. */
  boolean open(String cookie, Channel getConnection) {
    if (open.putIfAbsent(cookie, getConnection) != null) {
      return false;
    }
    getConnection.closeFuture().addListener(closed -> open.remove(cookie, getConnection));
    return true;
  }

  /** Returns the GET connection of a cookie. */
  Optional<Channel> find(String cookie) {
    return Optional.ofNullable(open.get(cookie));
  }
}
