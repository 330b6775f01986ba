package io.kydai.console.http.api.live;

import io.kydai.streaming.live.whep.WhepServer;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * WebRTC as this node has it: off, open, open by UDP alone, or not to be opened. It is one of
 * several ways to the live picture, so that a port that is taken keeps no node from starting.
 *
 * @param server null where it is off or could not be opened
 * @param fault what is not as the configuration wants it, with the port and the key; null where all
 *     is
 * @param other the origin of the node to which offers go when this one is full; null where there is
 *     none
 */
public record WebRtc(@Nullable WhepServer server, @Nullable String fault, @Nullable URI other) {
  /** No port is configured. */
  public static final WebRtc OFF = new WebRtc(null, null, null);

  /** All is as it is to be. */
  public static WebRtc open(WhepServer server, @Nullable URI other) {
    return new WebRtc(server, null, other);
  }

  /** What is not as it is to be; empty where all is. */
  public Optional<String> note() {
    return Optional.ofNullable(fault);
  }

  /** The origin of the node to which offers go when this one is full. */
  Optional<URI> overflow() {
    return Optional.ofNullable(other);
  }
}
