package io.kydai.ingest.onvif;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds cameras by WS-Discovery (April 2005 draft, the one that ONVIF Core, section 7, takes): a
 * Probe by multicast from every IPv4 address of this machine, or by unicast, sent twice since
 * datagrams get lost. A camera that answers from several addresses is one, at the first.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>addresses of this machine</td><td>16</td><td>left out, and logged</td></tr>
 * <tr><td>an answer</td><td>16 KiB</td><td>left out</td></tr>
 * <tr><td>answers</td><td>4,000</td><td>left out</td></tr>
 * <tr><td>cameras</td><td>1,000</td><td>left out</td></tr>
 * </table>
 */
final class WsDiscovery {
  private static final Logger LOG = LoggerFactory.getLogger(WsDiscovery.class);
  private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 3702);
  private static final int MAX_ADDRESSES = 16;
  private static final int MAX_DATAGRAM = 16 * 1024;
  private static final int MAX_ANSWERS = 4_000;
  private static final int MAX_DEVICES = 1_000;
  private static final long AGAIN_MILLIS = 300;

  private final EventLoopGroup loop;

  WsDiscovery(EventLoopGroup loop) {
    this.loop = loop;
  }

  CompletableFuture<List<FoundDevice>> everywhere(Duration patience) {
    List<InetAddress> from = new ArrayList<>();
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (one.isUp() && one.supportsMulticast() && !one.isLoopback()) {
          one.inetAddresses().filter(Inet4Address.class::isInstance).forEach(from::add);
        }
      }
    } catch (SocketException e) {
      LOG.warn("cameras cannot be looked for: {}", e.getMessage());
    }
    if (from.size() > MAX_ADDRESSES) {
      LOG.warn("cameras are looked for from {} of {} addresses", MAX_ADDRESSES, from.size());
    }
    return probe(from.stream().limit(MAX_ADDRESSES).toList(), GROUP, patience);
  }

  CompletableFuture<List<FoundDevice>> at(InetSocketAddress target, Duration patience) {
    return probe(List.of(new InetSocketAddress(0).getAddress()), target, patience);
  }

  /**
   * @param from addresses of this machine
   */
  CompletableFuture<List<FoundDevice>> probe(
      List<InetAddress> from, InetSocketAddress target, Duration patience) {
    Round round = new Round();
    List<Channel> channels = new ArrayList<>();
    for (InetAddress address : from) {
      Channel channel = open(round, address, target);
      channels.add(channel);
    }
    CompletableFuture<List<FoundDevice>> answer = new CompletableFuture<>();
    loop.schedule(
        () -> {
          channels.forEach(Channel::close);
          answer.complete(round.found());
        },
        patience.toMillis(),
        TimeUnit.MILLISECONDS);
    return answer;
  }

  private Channel open(Round round, InetAddress from, InetSocketAddress target) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> new NioDatagramChannel(SocketProtocolFamily.INET))
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
            .handler(round.receiver());
    if (target.getAddress() != null && target.getAddress().isMulticastAddress()) {
      bootstrap.option(ChannelOption.IP_MULTICAST_TTL, 1);
      try {
        bootstrap.option(ChannelOption.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(from));
      } catch (IOException e) {
        LOG.warn("cameras are not looked for from {}: {}", from, e.getMessage());
      }
    }
    Channel channel =
        bootstrap
            .bind(new InetSocketAddress(from, 0))
            .addListener(
                done -> {
                  if (!done.isSuccess()) {
                    LOG.warn(
                        "cameras are not looked for from {}: {}",
                        from,
                        String.valueOf(done.cause().getMessage()));
                  }
                })
            .channel();
    for (long delay : new long[] {0, AGAIN_MILLIS}) {
      channel
          .eventLoop()
          .schedule(() -> send(channel, round, target), delay, TimeUnit.MILLISECONDS);
    }
    return channel;
  }

  private static void send(Channel channel, Round round, InetSocketAddress target) {
    if (!channel.isActive()) {
      return;
    }
    for (byte[] probe : round.probes) {
      channel
          .writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(probe), target))
          .addListener(
              done -> {
                if (!done.isSuccess()) {
                  LOG.warn(
                      "a probe for cameras was not sent: {}",
                      String.valueOf(done.cause().getMessage()));
                }
              });
    }
  }

  /** One asking, with all its sockets; on the event loop but for its making. */
  private static final class Round {
    private final ProbeMessages messages = new ProbeMessages();
    private final List<byte[]> probes = messages.probes();
    private final Map<String, FoundDevice> devices = new LinkedHashMap<>();
    private int answers;

    SimpleChannelInboundHandler<DatagramPacket> receiver() {
      return new SimpleChannelInboundHandler<>() {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
          if (++answers <= MAX_ANSWERS) {
            read(ByteBufUtil.getBytes(packet.content()), packet.sender());
          }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
          LOG.debug("a probe's answer could not be received: {}", cause.toString());
        }
      };
    }

    private void read(byte[] bytes, InetSocketAddress sender) {
      try {
        for (FoundDevice device : messages.matches(bytes, sender.getAddress())) {
          if (devices.size() < MAX_DEVICES) {
            devices.putIfAbsent(device.endpoint(), device);
          }
        }
      } catch (MalformedXmlException e) {
        LOG.debug("{} answers a probe and {}", sender, e.getMessage());
      }
    }

    List<FoundDevice> found() {
      return List.copyOf(devices.values());
    }
  }
}
