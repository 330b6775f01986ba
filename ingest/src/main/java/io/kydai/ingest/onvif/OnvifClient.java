package io.kydai.ingest.onvif;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.connect.CheckedAddresses;
import io.kydai.ingest.connect.CheckedAddresses.OwnMachine;
import io.kydai.ingest.onvif.discovery.FoundDevice;
import io.kydai.ingest.onvif.discovery.WsDiscovery;
import io.kydai.ingest.onvif.soap.HttpExchange;
import io.kydai.ingest.onvif.soap.ReachedHost;
import io.kydai.ingest.onvif.soap.SoapSession;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.dns.DnsAddressResolverGroup;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The entrance to ONVIF: discovers cameras and connects to them. A client has one event loop for
 * any number of cameras; {@link HttpExchange} and {@link WsDiscovery} have the limits. Thread-safe.
 */
public final class OnvifClient implements AutoCloseable {
  private static final long DNS_TIMEOUT_MILLIS = 3_000;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, NamedThreadFactory.daemon("onvif"), NioIoHandler.newFactory());
  private final DnsAddressResolverGroup names =
      new DnsAddressResolverGroup(
          new DnsNameResolverBuilder()
              .datagramChannelType(NioDatagramChannel.class)
              .socketChannelType(NioSocketChannel.class)
              .queryTimeoutMillis(DNS_TIMEOUT_MILLIS));
  private final SecureRandom random = new SecureRandom();
  private final HttpExchange http;
  private final WsDiscovery discovery;
  private final Clock clock;

  /**
   * Creates a client with its event loop thread.
   *
   * @param clock this machine's clock, which the clocks of cameras are compared with
   */
  public OnvifClient(Clock clock) {
    this.clock = clock;
    this.http = new HttpExchange(loop, new CheckedAddresses(names, OwnMachine.SPELLED_OUT));
    this.discovery = new WsDiscovery(loop);
  }

  /**
   * Sends probes to all networks of this machine.
   *
   * @return the devices that answered; completes after {@code patience}
   */
  public CompletableFuture<List<FoundDevice>> discover(Duration patience) {
    return discovery.everywhere(patience);
  }

  /**
   * Sends probes to one address, for example one that multicast does not reach.
   *
   * @return as for {@link #discover(Duration)}
   */
  public CompletableFuture<List<FoundDevice>> discover(InetSocketAddress at, Duration patience) {
    return discovery.at(at, patience);
  }

  /**
   * Connects to a camera: reads its time and the addresses of its services.
   *
   * @throws IllegalArgumentException when the address is not an {@code http} or {@code https}
   *     address with a host and without user and password
   */
  public CompletableFuture<OnvifCamera> connect(DeviceAccess access) {
    ReachedHost reached = new ReachedHost(access.device());
    SslContext tls = reached.isSecure() ? access.trust().context() : null;
    return OnvifCamera.connect(
        new SoapSession(http, tls, reached, access.credentials(), clock, random));
  }

  /** Closes all connections. Waits for at most two seconds. */
  @Override
  public void close() {
    names.close();
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }
}
