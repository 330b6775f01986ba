package io.kydai.streaming.live.rtsp;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import java.net.InetAddress;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A TCP port on which clients are taken.
 *
 * @param port 0 for any free one
 * @param tls gives what each new connection's TLS takes its certificate from; null for none
 * @param clients the addresses that may come; another's connection is closed at once
 */
public record RtspListener(
    int port, @Nullable Supplier<SslContext> tls, Predicate<InetAddress> clients) {
  public RtspListener {
    requireNonNull(clients);
  }
}
