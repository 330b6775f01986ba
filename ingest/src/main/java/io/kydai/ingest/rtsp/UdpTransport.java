package io.kydai.ingest.rtsp;

import static java.util.Objects.requireNonNullElse;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packets in UDP datagrams, a pair of ports for each track. Takes what comes from the camera's own
 * address, or from the {@code source} that its answer names, and from nowhere else. Sends a small
 * packet to each of the camera's ports after SETUP and again after PLAY, so that a network address
 * translator on the way lets the camera's through.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>a datagram</td><td>2 KiB</td><td>it is dropped</td></tr>
 * <tr><td>datagrams that wait in the system</td><td>512 KiB for RTP, 64 KiB for RTCP, or less where
 *     the system allows less</td><td>the system drops them: packets are lost</td></tr>
 * <tr><td>datagrams in one turn of a port</td><td>64</td><td>the next turn takes them</td></tr>
 * <tr><td>tries for a pair of ports</td><td>{@value PortPair#ATTEMPTS}</td><td>it fails</td></tr>
 * <tr><td>from PLAY to the first video packet</td><td>{@link RtspSettings}</td>
 *     <td>it is told of</td></tr>
 * </table>
 */
final class UdpTransport implements RtpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

  static final int MAX_DATAGRAM = 2048;
  private static final int RTP_BUFFER = 512 * 1024;
  private static final int RTCP_BUFFER = 64 * 1024;
  private static final int MAX_READS = 64;

  private final ChannelHandlerContext context;
  private final Receiver receiver;
  private final Duration patience;
  private final Consumer<String> silent;
  private final InetAddress local;
  private final InetAddress camera;
  private final int ssrc = ThreadLocalRandom.current().nextInt();
  private final Set<InetAddress> accepted = new HashSet<>();
  private final PortPair[] ports = new PortPair[MediaTracks.MOST];
  private final TransportAnswer.Pair[] serverPorts = new TransportAnswer.Pair[MediaTracks.MOST];
  private @Nullable ScheduledFuture<?> watch;
  private boolean heard;
  private boolean closed;

  /**
   * @param context of the connection that the camera was asked on
   * @param patience from PLAY to the first video packet
   * @param silent hears that none came
   */
  UdpTransport(
      ChannelHandlerContext context,
      Receiver receiver,
      Duration patience,
      Consumer<String> silent) {
    this.context = context;
    this.receiver = receiver;
    this.patience = patience;
    this.silent = silent;
    local = ((InetSocketAddress) context.channel().localAddress()).getAddress();
    camera = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    accepted.add(camera);
  }

  @Override
  public void offer(int place, Consumer<String> ready, Consumer<String> failed) {
    if (ports[place] != null) {
      ready.accept(field(ports[place]));
      return;
    }
    Bootstrap bootstrap =
        new Bootstrap()
            .group(context.channel().eventLoop())
            .channel(NioDatagramChannel.class)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                // One byte more shows that a datagram was longer.
                new FixedRecvByteBufAllocator(MAX_DATAGRAM + 1).maxMessagesPerRead(MAX_READS))
            .option(ChannelOption.SO_RCVBUF, RTP_BUFFER);
    PortPair.open(
        bootstrap,
        local,
        new Inbound(place, false),
        new Inbound(place, true),
        opened -> {
          if (closed) {
            opened.close();
            return;
          }
          opened.rtcp().config().setOption(ChannelOption.SO_RCVBUF, RTCP_BUFFER);
          ports[place] = opened;
          ready.accept(field(opened));
        },
        cause -> failed.accept("cannot be given UDP ports: " + PrintableText.of(cause)));
  }

  private static String field(PortPair pair) {
    return "RTP/AVP;unicast;client_port=" + pair.port() + "-" + (pair.port() + 1);
  }

  @Override
  public void agreed(int place, @Nullable String answer) throws TransportRefusedException {
    String field = requireNonNullElse(answer, "");
    TransportAnswer given = TransportAnswer.parse(field);
    if (given.tcp()) {
      throw new TransportRefusedException(
          "agrees to another transport than RTP over UDP: " + PrintableText.of(field, 80));
    }
    Optional.ofNullable(given.source())
        .map(NetUtil::createInetAddressFromIpAddressString)
        .filter(source -> !source.isMulticastAddress() && !source.isAnyLocalAddress())
        .ifPresent(accepted::add);
    serverPorts[place] = given.serverPorts();
    punch(place);
  }

  @Override
  public void playing() {
    for (int place = 0; place < ports.length; place++) {
      punch(place);
    }
    if (!heard) {
      watch =
          context
              .executor()
              .schedule(
                  () ->
                      silent.accept(
                          "agreed to play over UDP, and no packet came within "
                              + patience.toMillis() / 1000.0
                              + " s"),
                  patience.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
  }

  /** An RTP packet without payload, and a receiver report without a block (RFC 3550). */
  private void punch(int place) {
    if (ports[place] == null || serverPorts[place] == null) {
      return;
    }
    ByteBuf rtp = context.alloc().buffer(12);
    send(
        ports[place].rtp(),
        serverPorts[place].rtp(),
        rtp.writeInt(0x8060_0000).writeInt(0).writeInt(ssrc));
    ByteBuf rtcp = context.alloc().buffer(8);
    sendControl(place, rtcp.writeInt(0x80c9_0001).writeInt(ssrc));
  }

  @Override
  public void sendControl(int place, ByteBuf packet) {
    if (ports[place] == null || serverPorts[place] == null || !ports[place].rtcp().isWritable()) {
      packet.release();
      return;
    }
    send(ports[place].rtcp(), serverPorts[place].rtcp(), packet);
  }

  private void send(Channel from, int port, ByteBuf packet) {
    from.writeAndFlush(new DatagramPacket(packet, new InetSocketAddress(camera, port)))
        .addListener(
            (ChannelFuture sent) -> {
              if (!sent.isSuccess()) {
                LOG.debug("to {}:{}: {}", camera, port, sent.cause().toString());
              }
            });
  }

  @Override
  public void close() {
    closed = true;
    cancelWatch();
    for (PortPair pair : ports) {
      if (pair != null) {
        pair.close();
      }
    }
  }

  private void cancelWatch() {
    ScheduledFuture<?> timer = watch;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** What comes in at one port. */
  private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
    private final int place;
    private final boolean control;

    Inbound(int place, boolean control) {
      this.place = place;
      this.control = control;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext port, DatagramPacket datagram) {
      ByteBuf packet = datagram.content();
      if (closed
          || packet.readableBytes() > MAX_DATAGRAM
          || !accepted.contains(datagram.sender().getAddress())) {
        return;
      }
      if (!heard && place == 0 && !control) {
        heard = true;
        cancelWatch();
      }
      receiver.packet(place, control, packet);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext port, Throwable cause) {
      // Such as a camera's "port unreachable". The connection's end or silence tells the rest.
      LOG.debug("at {}: {}", port.channel().localAddress(), cause.toString());
    }
  }
}
