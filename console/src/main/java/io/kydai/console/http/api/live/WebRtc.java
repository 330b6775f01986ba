package io.kydai.console.http.api.live;

import io.kydai.streaming.live.whep.WhepServer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * WebRTC as this node has it: off, open, open by UDP alone, or not to be opened. It is one of
 * several ways to the live picture, so that a port that is taken keeps no node from starting.
 *
 * @param server null where it is off or could not be opened
 * @param fault what is not as the configuration wants it, with the port and the key; null where all
 *     is
 */
public record WebRtc(@Nullable WhepServer server, @Nullable String fault) {
  /** No port is configured. */
  public static final WebRtc OFF = new WebRtc(null, null);

  /** All is as it is to be. */
  public static WebRtc open(WhepServer server) {
    return new WebRtc(server, null);
  }

  /** What is not as it is to be; empty where all is. */
  public Optional<String> note() {
    return Optional.ofNullable(fault);
  }
}
