package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one UDP port of all sessions. It belongs to one event loop.
 *
 * <p>Bound: a datagram of more than {@value #LARGEST} bytes is cut, and so none of ours; {@value
 * #MOST_UNSENT} bytes that the system does not take wait, what comes beyond them is not sent.
 */
final class UdpPort implements AutoCloseable {
  static final int LARGEST = 2_048;
  static final int MOST_UNSENT = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);
  private static final int SOCKET_BUFFER = 1 << 20;

  /** Takes datagrams, on the event loop. */
  @FunctionalInterface
  interface Receiver {
    void onDatagram(byte[] datagram, InetSocketAddress from);
  }

  private final Channel channel;

  /**
   * @throws IOException when the port cannot be bound
   */
  UdpPort(EventLoopGroup loop, InetSocketAddress bind, Receiver receiver) throws IOException {
    requireNonNull(receiver);
    ChannelFuture bound =
        new Bootstrap()
            .group(loop)
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LARGEST))
            .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
            .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(MOST_UNSENT / 2, MOST_UNSENT))
            .handler(new Handler(receiver))
            .bind(bind)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "UDP " + bind.getHostString() + ":" + bind.getPort() + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    channel = bound.channel();
  }

  private static final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Receiver receiver;

    Handler(Receiver receiver) {
      this.receiver = receiver;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      ByteBuf content = packet.content();
      byte[] datagram = new byte[content.readableBytes()];
      content.readBytes(datagram);
      receiver.onDatagram(datagram, packet.sender());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    /** The port stays: one datagram's fault is not the others'. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (cause instanceof IOException) {
        // Each datagram to a client that is out of reach; its session ends without its consent.
        LOG.debug("WebRTC: a datagram could not be sent: {}", cause.toString());
      } else {
        LOG.warn("WebRTC: a datagram could not be handled", cause);
      }
    }
  }

  int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /**
   * Sends a datagram, with the next {@link #flush}.
   *
   * @param datagram is kept
   * @return false where there is no room for it
   */
  boolean send(byte[] datagram, InetSocketAddress to) {
    if (!channel.isWritable()) {
      return false;
    }
    channel.write(new DatagramPacket(Unpooled.wrappedBuffer(datagram), to), channel.voidPromise());
    return true;
  }

  void flush() {
    channel.flush();
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
  }
}
