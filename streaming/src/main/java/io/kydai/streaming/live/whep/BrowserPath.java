package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A way to a browser and from it.
 *
 * @param address from where its datagrams come
 * @param connection that they come by; null where they come by UDP
 */
record BrowserPath(InetSocketAddress address, @Nullable Channel connection) {
  BrowserPath {
    requireNonNull(address);
  }
}
