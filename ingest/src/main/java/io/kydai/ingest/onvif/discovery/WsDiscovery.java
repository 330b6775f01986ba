package io.kydai.ingest.onvif.discovery;

import io.kydai.ingest.onvif.soap.MalformedXmlException;
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
 * Discovers cameras by WS-Discovery (April 2005 draft, which ONVIF Core, section 7, refers to).
 * Probes are sent by multicast from every IPv4 address of this machine, or by unicast; each is sent
 * twice, because datagrams may get lost. A camera that answers from several addresses is listed
 * once, with the first.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>addresses of this machine</td><td>16</td>
 *     <td>the rest is not used, which is logged</td></tr>
 * <tr><td>an answer</td><td>16 KiB</td><td>it is ignored</td></tr>
 * <tr><td>answers</td><td>4,000</td><td>the rest is ignored</td></tr>
 * <tr><td>cameras</td><td>1,000</td><td>the rest is ignored</td></tr>
 * </table>
 */
public final class WsDiscovery {
  private static final Logger LOG = LoggerFactory.getLogger(WsDiscovery.class);
  private static final InetSocketAddress GROUP = new InetSocketAddress("239.255.255.250", 3702);
  private static final int MAX_ADDRESSES = 16;
  private static final int MAX_DATAGRAM = 16 * 1024;
  private static final int MAX_ANSWERS = 4_000;
  private static final int MAX_DEVICES = 1_000;
  private static final long REPEAT_MILLIS = 300;

  private final EventLoopGroup loop;

  /** Creates a search whose sockets use an event loop of the caller. */
  public WsDiscovery(EventLoopGroup loop) {
    this.loop = loop;
  }

  /**
   * Sends probes by multicast from all addresses of this machine. Completes after {@code patience}.
   */
  public CompletableFuture<List<FoundDevice>> everywhere(Duration patience) {
    List<InetAddress> from = new ArrayList<>();
    try {
      for (NetworkInterface one : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (one.isUp() && one.supportsMulticast() && !one.isLoopback()) {
          one.inetAddresses().filter(Inet4Address.class::isInstance).forEach(from::add);
        }
      }
    } catch (SocketException e) {
      LOG.warn(
          "discovery of cameras failed, the network interfaces cannot be listed: {}",
          e.getMessage());
    }
    if (from.size() > MAX_ADDRESSES) {
      LOG.warn(
          "discovery of cameras uses only {} of {} addresses of this machine",
          MAX_ADDRESSES,
          from.size());
    }
    return probe(from.stream().limit(MAX_ADDRESSES).toList(), GROUP, patience);
  }

  /** Sends probes to one address. Completes after {@code patience}. */
  public CompletableFuture<List<FoundDevice>> at(InetSocketAddress target, Duration patience) {
    return probe(List.of(new InetSocketAddress(0).getAddress()), target, patience);
  }

  /**
   * Sends probes and collects the answers.
   *
   * @param from addresses of this machine to send from
   * @param patience the time after which the result is complete
   */
  CompletableFuture<List<FoundDevice>> probe(
      List<InetAddress> from, InetSocketAddress target, Duration patience) {
    Discovery discovery = new Discovery();
    List<Channel> channels = new ArrayList<>();
    for (InetAddress address : from) {
      Channel channel = open(discovery, address, target);
      channels.add(channel);
    }
    CompletableFuture<List<FoundDevice>> answer = new CompletableFuture<>();
    loop.schedule(
        () -> {
          channels.forEach(Channel::close);
          answer.complete(discovery.found());
        },
        patience.toMillis(),
        TimeUnit.MILLISECONDS);
    return answer;
  }

  private Channel open(Discovery discovery, InetAddress from, InetSocketAddress target) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> new NioDatagramChannel(SocketProtocolFamily.INET))
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(MAX_DATAGRAM))
            .handler(discovery.receiver());
    if (target.getAddress() != null && target.getAddress().isMulticastAddress()) {
      bootstrap.option(ChannelOption.IP_MULTICAST_TTL, 1);
      try {
        bootstrap.option(ChannelOption.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(from));
      } catch (IOException e) {
        LOG.warn("discovery of cameras does not use the address {}: {}", from, e.getMessage());
      }
    }
    Channel channel =
        bootstrap
            .bind(new InetSocketAddress(from, 0))
            .addListener(
                done -> {
                  if (!done.isSuccess()) {
                    LOG.warn(
                        "discovery of cameras does not use the address {}: {}",
                        from,
                        String.valueOf(done.cause().getMessage()));
                  }
                })
            .channel();
    for (long delay : new long[] {0, REPEAT_MILLIS}) {
      channel
          .eventLoop()
          .schedule(() -> send(channel, discovery, target), delay, TimeUnit.MILLISECONDS);
    }
    return channel;
  }

  private static void send(Channel channel, Discovery discovery, InetSocketAddress target) {
    if (!channel.isActive()) {
      return;
    }
    for (byte[] probe : discovery.probes) {
      channel
          .writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(probe), target))
          .addListener(
              done -> {
                if (!done.isSuccess()) {
                  LOG.warn(
                      "a discovery probe could not be sent: {}",
                      String.valueOf(done.cause().getMessage()));
                }
              });
    }
  }

  /** One discovery with all its sockets. Used on the event loop, except for its creation. */
  private static final class Discovery {
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
          LOG.debug("an answer to a discovery probe could not be received: {}", cause.toString());
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
        LOG.debug("malformed answer to a discovery probe: {} {}", sender, e.getMessage());
      }
    }

    List<FoundDevice> found() {
      return List.copyOf(devices.values());
    }
  }
}
