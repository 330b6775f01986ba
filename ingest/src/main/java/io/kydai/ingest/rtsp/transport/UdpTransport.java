package io.kydai.ingest.rtsp.transport;

import static java.util.Objects.requireNonNullElse;

import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.rtsp.description.MediaTracks;
import io.kydai.ingest.rtsp.message.PrintableText;
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
 * Receives packets in UDP datagrams, on a pair of ports for each track. Datagrams are accepted only
 * from the camera's own address and from the {@code source} address of its response. A small packet
 * is sent to each of the camera's ports after SETUP and again after PLAY, so that a network address
 * translator or firewall on the way lets the camera's packets through.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>a datagram</td><td>2 KiB</td><td>it is dropped</td></tr>
 * <tr><td>datagrams in the socket's receive buffer</td><td>512 KiB for RTP, 64 KiB for
 *     RTCP, or less where the operating system allows less</td>
 *     <td>the operating system drops them: packets are lost</td></tr>
 * <tr><td>datagrams in one read of a port</td><td>64</td>
 *     <td>the next read takes them</td></tr>
 * <tr><td>attempts to find a pair of ports</td><td>{@value PortPair#ATTEMPTS}</td>
 *     <td>the SETUP fails</td></tr>
 * <tr><td>time from PLAY to the first video packet</td><td>{@link RtspSettings}</td>
 *     <td>it is reported</td></tr>
 * </table>
 */
public final class UdpTransport implements RtpTransport {
  private static final Logger LOG = LoggerFactory.getLogger(UdpTransport.class);

  static final int MAX_DATAGRAM = 2048;
  private static final int RTP_BUFFER = 512 * 1024;
  private static final int RTCP_BUFFER = 64 * 1024;
  private static final int MAX_READS = 64;

  private final ChannelHandlerContext context;
  private final Receiver receiver;
  private final Duration firstPacketTimeout;
  private final Consumer<String> onSilence;
  private final InetAddress local;
  private final InetAddress camera;
  private final int ssrc = ThreadLocalRandom.current().nextInt();
  private final Set<InetAddress> accepted = new HashSet<>();
  private final PortPair[] ports = new PortPair[MediaTracks.MAX_TRACKS];
  private final TransportAnswer.Pair[] serverPorts =
      new TransportAnswer.Pair[MediaTracks.MAX_TRACKS];
  private @Nullable ScheduledFuture<?> firstPacketTimer;
  private boolean videoReceived;
  private boolean closed;

  /**
   * Creates the transport of one session.
   *
   * @param context the context of the RTSP connection
   * @param firstPacketTimeout the time limit from PLAY to the first video packet
   * @param onSilence called with the reason when no video packet arrived in that time
   */
  public UdpTransport(
      ChannelHandlerContext context,
      Receiver receiver,
      Duration firstPacketTimeout,
      Consumer<String> onSilence) {
    this.context = context;
    this.receiver = receiver;
    this.firstPacketTimeout = firstPacketTimeout;
    this.onSilence = onSilence;
    local = ((InetSocketAddress) context.channel().localAddress()).getAddress();
    camera = ((InetSocketAddress) context.channel().remoteAddress()).getAddress();
    accepted.add(camera);
  }

  @Override
  public void prepare(int index, Consumer<String> ready, Consumer<String> failed) {
    if (ports[index] != null) {
      ready.accept(field(ports[index]));
      return;
    }
    Bootstrap bootstrap =
        new Bootstrap()
            .group(context.channel().eventLoop())
            .channel(NioDatagramChannel.class)
            .option(
                ChannelOption.RECVBUF_ALLOCATOR,
                // With one byte more than the limit, a longer datagram is recognised.
                new FixedRecvByteBufAllocator(MAX_DATAGRAM + 1).maxMessagesPerRead(MAX_READS))
            .option(ChannelOption.SO_RCVBUF, RTP_BUFFER);
    PortPair.open(
        bootstrap,
        local,
        new Inbound(index, false),
        new Inbound(index, true),
        opened -> {
          if (closed) {
            opened.close();
            return;
          }
          opened.rtcp().config().setOption(ChannelOption.SO_RCVBUF, RTCP_BUFFER);
          ports[index] = opened;
          ready.accept(field(opened));
        },
        cause -> failed.accept("cannot be given UDP ports: " + PrintableText.of(cause)));
  }

  private static String field(PortPair pair) {
    return "RTP/AVP;unicast;client_port=" + pair.port() + "-" + (pair.port() + 1);
  }

  @Override
  public void onSetupResponse(int index, @Nullable String transportField)
      throws TransportRefusedException {
    String field = requireNonNullElse(transportField, "");
    TransportAnswer given = TransportAnswer.parse(field);
    if (given.tcp()) {
      throw new TransportRefusedException(
          "agrees to another transport than RTP over UDP: " + PrintableText.of(field, 80));
    }
    Optional.ofNullable(given.source())
        .map(NetUtil::createInetAddressFromIpAddressString)
        .filter(source -> !source.isMulticastAddress() && !source.isAnyLocalAddress())
        .ifPresent(accepted::add);
    serverPorts[index] = given.serverPorts();
    punchHoles(index);
  }

  @Override
  public void onPlaying() {
    for (int index = 0; index < ports.length; index++) {
      punchHoles(index);
    }
    if (!videoReceived) {
      firstPacketTimer =
          context
              .executor()
              .schedule(
                  () ->
                      onSilence.accept(
                          "agreed to play over UDP, and no packet came within "
                              + firstPacketTimeout.toMillis() / 1000.0
                              + " s"),
                  firstPacketTimeout.toMillis(),
                  TimeUnit.MILLISECONDS);
    }
  }

  /**
   * Sends an RTP packet without payload and an empty receiver report (RFC 3550, section 6.4.2) to
   * the camera's ports.
   */
  private void punchHoles(int index) {
    if (ports[index] == null || serverPorts[index] == null) {
      return;
    }
    ByteBuf rtp = context.alloc().buffer(12);
    send(
        ports[index].rtp(),
        serverPorts[index].rtp(),
        rtp.writeInt(0x8060_0000).writeInt(0).writeInt(ssrc));
    ByteBuf rtcp = context.alloc().buffer(8);
    sendControl(index, rtcp.writeInt(0x80c9_0001).writeInt(ssrc));
  }

  @Override
  public void sendControl(int index, ByteBuf packet) {
    if (ports[index] == null || serverPorts[index] == null || !ports[index].rtcp().isWritable()) {
      packet.release();
      return;
    }
    send(ports[index].rtcp(), serverPorts[index].rtcp(), packet);
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
    cancelTimer();
    for (PortPair pair : ports) {
      if (pair != null) {
        pair.close();
      }
    }
  }

  private void cancelTimer() {
    ScheduledFuture<?> timer = firstPacketTimer;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** The handler of one port. */
  private final class Inbound extends SimpleChannelInboundHandler<DatagramPacket> {
    private final int index;
    private final boolean control;

    Inbound(int index, boolean control) {
      this.index = index;
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
      if (!videoReceived && index == 0 && !control) {
        videoReceived = true;
        cancelTimer();
      }
      receiver.packet(index, control, packet);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext port, Throwable cause) {
      // For example the camera's "port unreachable". A real failure is reported by the end of the
      // connection or by the missing packets.
      LOG.debug("at {}: {}", port.channel().localAddress(), cause.toString());
    }
  }
}
