package io.kydai.ingest.simulator.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens pairs of UDP ports: an even one for RTP and the next for RTCP (RFC 3550, section 11). */
final class PortPairs {
  private static final Logger LOG = LoggerFactory.getLogger(PortPairs.class);
  private static final int ATTEMPTS = 20;

  /**
   * Two open channels, which the caller owns.
   *
   * @param port the port number of the first
   */
  record Pair(Channel rtp, Channel rtcp, int port) {}

  /**
   * Opens a pair. The future fails when no pair was free after {@value #ATTEMPTS} attempts.
   *
   * @param receiver receives each datagram on the event loop, borrowed until the call returns
   */
  Future<Pair> open(EventLoop loop, InetAddress host, Consumer<DatagramPacket> receiver) {
    Promise<Pair> promise = loop.newPromise();
    attempt(loop, host, receiver, ATTEMPTS, promise);
    return promise;
  }

  private static void attempt(
      EventLoop loop,
      InetAddress host,
      Consumer<DatagramPacket> receiver,
      int left,
      Promise<Pair> promise) {
    bind(loop, host, receiver, 0)
        .addListener(
            (ChannelFuture first) -> {
              if (!first.isSuccess()) {
                promise.setFailure(first.cause());
                return;
              }
              int port = ((InetSocketAddress) first.channel().localAddress()).getPort();
              if (port % 2 != 0) {
                retry(first.channel(), loop, host, receiver, left, promise);
                return;
              }
              bind(loop, host, receiver, port + 1)
                  .addListener(
                      (ChannelFuture second) -> {
                        if (second.isSuccess()) {
                          promise.setSuccess(new Pair(first.channel(), second.channel(), port));
                        } else {
                          retry(first.channel(), loop, host, receiver, left, promise);
                        }
                      });
            });
  }

  private static void retry(
      Channel unused,
      EventLoop loop,
      InetAddress host,
      Consumer<DatagramPacket> receiver,
      int left,
      Promise<Pair> promise) {
    unused.close();
    if (left <= 1) {
      promise.setFailure(new IllegalStateException("no even port with a free one after it"));
    } else {
      attempt(loop, host, receiver, left - 1, promise);
    }
  }

  private static ChannelFuture bind(
      EventLoop loop, InetAddress host, Consumer<DatagramPacket> receiver, int port) {
    return new Bootstrap()
        .group(loop)
        .channel(NioDatagramChannel.class)
        .handler(
            new SimpleChannelInboundHandler<DatagramPacket>() {
              @Override
              protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
                receiver.accept(packet);
              }

              @Override
              public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                // A client that closed its port answers with "port unreachable"; its session ends
                // with its connection or by its timeout.
                LOG.debug("{}: {}", ctx.channel().localAddress(), cause.toString());
              }

              @Override
              public boolean isSharable() {
                return true;
              }
            })
        .bind(host, port);
  }
}
