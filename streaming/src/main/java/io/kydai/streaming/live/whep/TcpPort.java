package io.kydai.streaming.live.whep;

import static java.util.Objects.requireNonNull;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP port of all sessions, for networks that let no UDP through: browsers connect to it as to
 * a passive candidate (RFC 6544), and each datagram stands behind its length (RFC 4571). It belongs
 * to one event loop.
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>connections</td><td>{@value #MOST_CONNECTIONS}</td><td>closed at once</td></tr>
 *   <tr><td>a connection that no session knows</td><td>{@value #STRANGER_SECONDS} s</td>
 *       <td>closed</td></tr>
 *   <tr><td>a datagram</td><td>{@value UdpPort#LARGEST} bytes</td><td>the connection is closed</td>
 *       </tr>
 *   <tr><td>bytes that a browser does not take</td><td>{@value #MOST_UNSENT}</td>
 *       <td>what comes beyond them is not sent</td></tr>
 * </table>
 */
final class TcpPort implements AutoCloseable {
  static final int MOST_CONNECTIONS = 256;
  static final int STRANGER_SECONDS = 10;
  static final int MOST_UNSENT = 1 << 18;

  private static final Logger LOG = LoggerFactory.getLogger(TcpPort.class);
  private static final int LENGTH_BYTES = 2;

  /** Takes what comes, on the event loop. */
  interface Receiver {
    void onDatagram(byte[] datagram, BrowserPath from);

    /** Whether a session was checked by this way. */
    boolean isKnown(BrowserPath path);

    /** The connection is closed: nothing can be sent by this way any more. */
    void onClosed(BrowserPath path);
  }

  private final Channel server;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /**
   * @throws IOException when the port cannot be bound
   */
  TcpPort(EventLoopGroup loop, InetSocketAddress bind, Receiver receiver) throws IOException {
    requireNonNull(receiver);
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(MOST_UNSENT / 2, MOST_UNSENT))
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel, receiver);
                  }
                })
            .bind(bind)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "TCP " + bind.getHostString() + ":" + bind.getPort() + ": " + bound.cause().getMessage(),
          bound.cause());
    }
    server = bound.channel();
  }

  private void accept(SocketChannel channel, Receiver receiver) {
    if (connections.size() >= MOST_CONNECTIONS) {
      channel.close();
      return;
    }
    connections.add(channel);
    BrowserPath path = new BrowserPath(channel.remoteAddress(), channel);
    channel.pipeline().addLast(new LengthFieldBasedFrameDecoder(UdpPort.LARGEST, 0, 2, 0, 2));
    channel.pipeline().addLast(new Handler(path, receiver::onDatagram, receiver::onClosed));
    var unused =
        channel
            .eventLoop()
            .schedule(
                () -> closeStranger(path, channel, receiver::isKnown),
                STRANGER_SECONDS,
                TimeUnit.SECONDS);
  }

  private static void closeStranger(
      BrowserPath path, Channel channel, Predicate<BrowserPath> known) {
    if (!known.test(path)) {
      channel.close();
    }
  }

  /** Takes a whole datagram. */
  @FunctionalInterface
  private interface Datagrams {
    void accept(byte[] datagram, BrowserPath from);
  }

  private static final class Handler extends SimpleChannelInboundHandler<ByteBuf> {
    private final BrowserPath path;
    private final Datagrams datagrams;
    private final Consumer<BrowserPath> closed;

    Handler(BrowserPath path, Datagrams datagrams, Consumer<BrowserPath> closed) {
      this.path = path;
      this.datagrams = datagrams;
      this.closed = closed;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf content) {
      byte[] datagram = new byte[content.readableBytes()];
      content.readBytes(datagram);
      datagrams.accept(datagram, path);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      closed.accept(path);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // A datagram that is too long, or a browser that has gone; its session ends without consent.
      LOG.debug("WebRTC: a connection is closed: {}", cause.toString());
      context.close();
    }
  }

  int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * Sends a datagram, with the next flush of the connection.
   *
   * @param datagram is kept
   * @return false where there is no room for it
   */
  static boolean send(byte[] datagram, Channel connection) {
    if (!connection.isWritable()) {
      return false;
    }
    ByteBuf head = connection.alloc().buffer(LENGTH_BYTES).writeShort(datagram.length);
    connection.write(
        Unpooled.wrappedBuffer(head, Unpooled.wrappedBuffer(datagram)), connection.voidPromise());
    return true;
  }

  /** Sends what waits on all connections. */
  void flush() {
    connections.flush();
  }

  @Override
  public void close() {
    server.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly();
  }
}
