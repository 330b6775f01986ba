package io.kydai.streaming.live.rtsp.transport;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pair of UDP ports (RFC 3550, section 11) from which all viewers are sent, and to which their
 * receiver reports come: these keep a session alive, and are read for nothing else. What comes from
 * anybody else is dropped. Owns both channels, which share one event loop.
 */
public final class UdpPorts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UdpPorts.class);
  private static final int ATTEMPTS = 64;
  private static final int SEND_BUFFER = 1024 * 1024;

  private final Channel rtp;
  private final Channel rtcp;
  private final Map<InetSocketAddress, Runnable> receivers;

  private UdpPorts(Channel rtp, Channel rtcp, Map<InetSocketAddress, Runnable> receivers) {
    this.rtp = requireNonNull(rtp);
    this.rtcp = requireNonNull(rtcp);
    this.receivers = requireNonNull(receivers);
  }

  /**
   * Binds the pair.
   *
   * @param host the address to bind
   * @param port the port of RTP, even; RTCP has the one behind it. 0 for any free pair
   * @throws IOException when they are taken
   */
  public static UdpPorts open(IoEventLoopGroup loops, String host, int port) throws IOException {
    EventLoop loop = loops.next();
    Map<InetSocketAddress, Runnable> receivers = new ConcurrentHashMap<>();
    IOException failure = new IOException("no pair of UDP ports is free");
    for (int i = 0; i < (port == 0 ? ATTEMPTS : 1); i++) {
      Channel first = bind(loop, receivers, host, port);
      int bound = port(first);
      try {
        if (bound % 2 == 0 && bound < 0xffff) {
          return new UdpPorts(first, bind(loop, receivers, host, bound + 1), receivers);
        }
      } catch (IOException e) {
        failure = e;
      }
      first.close();
    }
    throw failure;
  }

  private static Channel bind(
      EventLoop loop, Map<InetSocketAddress, Runnable> receivers, String host, int port)
      throws IOException {
    var bound =
        new Bootstrap()
            .group(loop)
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.SO_SNDBUF, SEND_BUFFER)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Reports(receivers));
                  }
                })
            .bind(new InetSocketAddress(host, port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("UDP port " + port + ": " + bound.cause().getMessage(), bound.cause());
    }
    return bound.channel();
  }

  /** Tells a viewer's session that its client is there. */
  private static final class Reports extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Map<InetSocketAddress, Runnable> receivers;

    Reports(Map<InetSocketAddress, Runnable> receivers) {
      this.receivers = receivers;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
      Runnable alive = receivers.get(packet.sender());
      if (alive != null) {
        alive.run();
      }
    }

    /** Such as a port that is not open any more; the next packet is another matter. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      LOG.debug("RTSP over UDP: {}", cause.toString());
    }
  }

  /**
   * Begins to listen for a viewer's reports.
   *
   * @param alive is called on this event loop at each
   * @return false where another viewer has that address
   */
  public boolean listen(InetSocketAddress from, Runnable alive) {
    return receivers.putIfAbsent(from, alive) == null;
  }

  public void forget(InetSocketAddress from) {
    receivers.remove(from);
  }

  EventLoop loop() {
    return rtp.eventLoop();
  }

  Channel rtp() {
    return rtp;
  }

  Channel rtcp() {
    return rtcp;
  }

  int rtpPort() {
    return port(rtp);
  }

  int rtcpPort() {
    return port(rtcp);
  }

  private static int port(Channel channel) {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public void close() {
    rtp.close();
    rtcp.close();
  }
}
