package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where WebRTC is served.
 *
 * @param bind the address and the UDP port; port 0 takes any free one
 * @param announced the addresses under which browsers reach that port, the best first; at least one
 */
public record WhepSettings(InetSocketAddress bind, List<InetAddress> announced) {
  public WhepSettings {
    requireNonNull(bind);
    announced = List.copyOf(announced);
    if (announced.isEmpty()) {
      throw new IllegalArgumentException("browsers have to be told an address");
    }
  }
}
