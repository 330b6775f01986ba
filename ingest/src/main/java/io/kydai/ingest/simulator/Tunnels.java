package io.kydai.ingest.simulator;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Connections that wait for requests through another one, by their cookie; one per client. */
final class Tunnels {
  private final Map<String, Channel> open = new ConcurrentHashMap<>();

  /** Says no where there is one of that cookie. It is forgotten when the connection closes. */
  boolean open(String cookie, Channel answers) {
    if (open.putIfAbsent(cookie, answers) != null) {
      return false;
    }
    answers.closeFuture().addListener(closed -> open.remove(cookie, answers));
    return true;
  }

  Optional<Channel> find(String cookie) {
    return Optional.ofNullable(open.get(cookie));
  }
}
