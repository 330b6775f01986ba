package io.kydai.streaming.live.rtsp;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.streaming.live.rtsp.message.RequestDecoder;
import io.kydai.streaming.live.rtsp.transport.MediaTransport;
import io.kydai.streaming.live.rtsp.transport.UdpPorts;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The RTSP server, from its creation to {@link #close}.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>connections</td><td>{@value #MOST_CONNECTIONS} in all, {@value #MOST_OF_ADDRESS} of an
 *     address (of IPv6: a /64 network), but for loopback addresses</td><td>closed at once</td></tr>
 * <tr><td>sessions</td><td>{@value #MOST_SESSIONS} in all, {@value #MOST_OF_PARTY} of a
 *     party</td><td>453</td></tr>
 * <tr><td>a viewer's unsent bytes</td><td>{@value MediaTransport#MOST_UNSENT}</td><td>it goes on at
 *     the next key frame; where it lags for {@value ViewerSession#LAG_SECONDS} s it is cut
 *     off</td></tr>
 * </table>
 *
 * Requests are bounded by {@link RequestDecoder} and {@link ConnectionHandler}.
 */
public final class RtspServer implements AutoCloseable {
  static final int MOST_CONNECTIONS = 512;
  static final int MOST_OF_ADDRESS = 64;
  static final int MOST_SESSIONS = 256;
  static final int MOST_OF_PARTY = 128;

  private static final int THREADS = 2;
  private static final long HANDSHAKE_SECONDS = 10;
  private static final long CLOSE_MILLIS = 1_000;

  /** How long the threads wait for pictures that were on their way, whose buffers they release. */
  private static final long QUIET_MILLIS = 20;

  /** Above what pictures alone may take, so that only unread answers stop the reading. */
  private static final WriteBufferWaterMark ANSWERS =
      new WriteBufferWaterMark(
          MediaTransport.MOST_UNSENT * 2, MediaTransport.MOST_UNSENT * 2 + 1024 * 1024);

  private final MultiThreadIoEventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          THREADS, NamedThreadFactory.of("rtsp"), NioIoHandler.newFactory());
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Places connections = new Places(MOST_CONNECTIONS, MOST_OF_ADDRESS);
  private final Places sessions = new Places(MOST_SESSIONS, MOST_OF_PARTY);
  private final String host;
  private final ServerParts parts;

  /**
   * @param host the address to bind
   * @param udpPort the first of the pair of UDP ports; 0 for any free pair
   * @param worker runs what may wait; it refuses by an exception where too much waits
   * @throws IOException when the UDP ports are taken
   */
  public RtspServer(
      String host, int udpPort, RtspEntrance entrance, Executor worker, MeterRegistry metrics)
      throws IOException {
    this.host = requireNonNull(host);
    UdpPorts udp;
    try {
      udp = UdpPorts.open(loops, host, udpPort);
    } catch (IOException e) {
      loops.shutdownGracefully();
      throw e;
    }
    parts =
        new ServerParts(
            requireNonNull(entrance),
            requireNonNull(worker),
            System::nanoTime,
            new SecureRandom(),
            sessions,
            udp);
    Gauge.builder("kydai.streaming.rtsp.viewers", sessions, Places::count)
        .description("Sessions of RTSP clients")
        .register(metrics);
  }

  /**
   * Begins to listen.
   *
   * @return the port
   * @throws IOException when it is taken
   */
  public int listen(RtspListener listener) throws IOException {
    var bound =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ANSWERS)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    enter(channel, listener);
                  }
                })
            .bind(new InetSocketAddress(host, listener.port()))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(bound.cause().getMessage(), bound.cause());
    }
    channels.add(bound.channel());
    return ((InetSocketAddress) bound.channel().localAddress()).getPort();
  }

  private void enter(SocketChannel channel, RtspListener listener) {
    InetAddress client = channel.remoteAddress().getAddress();
    Object key = client.isLoopbackAddress() ? channel.id() : network(client);
    Optional<Places.Place> place =
        listener.clients().test(client) ? connections.take(key) : Optional.empty();
    if (place.isEmpty()) {
      channel.close();
      return;
    }
    channel.closeFuture().addListener(closed -> place.get().close());
    channels.add(channel);
    if (listener.tls() != null) {
      SslHandler tls = listener.tls().get().newHandler(channel.alloc());
      tls.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
      channel.pipeline().addLast(tls);
    }
    RequestDecoder decoder = new RequestDecoder();
    channel
        .pipeline()
        .addLast(decoder, new ConnectionHandler(parts, decoder, listener.tls() != null));
  }

  private static Object network(InetAddress address) {
    return address instanceof Inet6Address
        ? ByteBuffer.wrap(Arrays.copyOf(address.getAddress(), 8))
        : address;
  }

  /** Returns the number of sessions. */
  public int viewers() {
    return sessions.count();
  }

  /** Ends every session and connection, and waits for the threads. */
  @Override
  public void close() {
    channels.close().awaitUninterruptibly(CLOSE_MILLIS);
    requireNonNull(parts.udp()).close();
    loops
        .shutdownGracefully(QUIET_MILLIS, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
  }
}
