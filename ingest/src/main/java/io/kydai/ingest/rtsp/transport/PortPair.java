package io.kydai.ingest.rtsp.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/**
 * A pair of open UDP ports: an even port for RTP and the next one for RTCP (RFC 3550, section 11).
 * The operating system chooses the first of the two; opening fails after {@link #ATTEMPTS} choices
 * without a free neighbour.
 */
record PortPair(Channel rtp, Channel rtcp) {
  static final int ATTEMPTS = 16;

  /**
   * Opens a pair of ports and adds the handlers to their pipelines.
   *
   * @param bootstrap the bootstrap of datagram channels, on the event loop that calls this method
   * @param local the local address to bind to
   * @param rtp the handler of the RTP port
   * @param rtcp the handler of the RTCP port
   * @param opened called with the pair, which the callee then owns
   * @param failed called with the cause when no pair can be opened
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
    // The handlers are added only when both ports are open: only then is it known which is even.
    bootstrap
        .clone()
        .handler(new NoHandler())
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
                  .handler(new NoHandler())
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

  /** Returns the number of the even port, which receives RTP. */
  int port() {
    return ((InetSocketAddress) rtp.localAddress()).getPort();
  }

  void close() {
    rtp.close();
    rtcp.close();
  }

  /** A handler without function: a bootstrap requires one. */
  private static final class NoHandler extends ChannelInboundHandlerAdapter {}
}
