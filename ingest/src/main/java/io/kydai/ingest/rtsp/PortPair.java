package io.kydai.ingest.rtsp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * Two UDP ports: RTP's is even and RTCP's is the next (RFC 3550, section 11). The system chooses;
 * after {@link #ATTEMPTS} choices without a free neighbour it is given up.
 */
record PortPair(Channel rtp, Channel rtcp) {
  static final int ATTEMPTS = 16;

  /**
   * Opens a pair.
   *
   * @param bootstrap for datagrams, on the event loop that calls this
   * @param local address to receive at
   * @param opened owns the pair that it is given
   * @param failed hears why there is none
   */
  static void open(
      Bootstrap bootstrap,
      InetAddress local,
      ChannelHandler rtp,
      ChannelHandler rtcp,
      Consumer<PortPair> opened,
      Consumer<Throwable> failed) {
    attempt(bootstrap, local, rtp, rtcp, opened, failed, ATTEMPTS);
  }

  private static void attempt(
      Bootstrap bootstrap,
      InetAddress local,
      ChannelHandler rtp,
      ChannelHandler rtcp,
      Consumer<PortPair> opened,
      Consumer<Throwable> failed,
      int left) {
    if (left == 0) {
      failed.accept(new IllegalStateException("no two neighbouring ports are free"));
      return;
    }
    // The handlers are for the ports that are kept: one that was chosen for its neighbour's sake
    // may turn out to be the odd one.
    bootstrap
        .clone()
        .handler(new Unwired())
        .bind(local, 0)
        .addListener(
            (ChannelFuture first) -> {
              if (!first.isSuccess()) {
                failed.accept(first.cause());
                return;
              }
              int port = ((InetSocketAddress) first.channel().localAddress()).getPort();
              bootstrap
                  .clone()
                  .handler(new Unwired())
                  .bind(local, port ^ 1)
                  .addListener(
                      (ChannelFuture second) -> {
                        if (!second.isSuccess()) {
                          first.channel().close();
                          attempt(bootstrap, local, rtp, rtcp, opened, failed, left - 1);
                          return;
                        }
                        boolean even = port % 2 == 0;
                        Channel forRtp = even ? first.channel() : second.channel();
                        Channel forRtcp = even ? second.channel() : first.channel();
                        forRtp.pipeline().addLast(rtp);
                        forRtcp.pipeline().addLast(rtcp);
                        opened.accept(new PortPair(forRtp, forRtcp));
                      });
            });
  }

  /** The even port. */
  int port() {
    return ((InetSocketAddress) rtp.localAddress()).getPort();
  }

  void close() {
    rtp.close();
    rtcp.close();
  }

  /** Bootstraps want a handler. */
  private static final class Unwired extends ChannelInboundHandlerAdapter {}
}
