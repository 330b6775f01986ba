package io.kydai.ingest.simulator.onvif;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One simulated camera. It listens on 127.0.0.1 only: HTTP on a port, WS-Discovery for unicast
 * probes on another. A request may have 64 KiB; what it is asked to do is kept, the first 1,000 of
 * it.
 */
public final class OnvifSimulator implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int MAX_REQUEST = 64 * 1024;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, NamedThreadFactory.daemon("onvif-simulator"), NioIoHandler.newFactory());
  private final SimulatedDevice device;
  private final Channel http;
  private final Channel discovery;
  private final boolean secure;

  private OnvifSimulator(Builder builder) {
    secure = builder.tls != null;
    device = new SimulatedDevice(builder);
    http =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    SslContext tls = builder.tls;
                    if (tls != null) {
                      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                    }
                    channel
                        .pipeline()
                        .addLast(
                            new HttpServerCodec(),
                            new HttpObjectAggregator(MAX_REQUEST),
                            new RequestHandler(device));
                  }
                })
            .bind(HOST, builder.port)
            .syncUninterruptibly()
            .channel();
    URI claimed = builder.claimedAddress;
    device.listensAt(claimed == null ? address() : claimed);
    discovery =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> new NioDatagramChannel(SocketProtocolFamily.INET))
            .handler(new ProbeHandler(device))
            .bind(HOST, 0)
            .syncUninterruptibly()
            .channel();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where its device service is. */
  public URI address() {
    int port = ((InetSocketAddress) http.localAddress()).getPort();
    return URI.create(
        (secure ? "https://" : "http://") + HOST + ":" + port + "/onvif/device_service");
  }

  /** Where it answers probes. */
  public InetSocketAddress discovery() {
    return (InetSocketAddress) discovery.localAddress();
  }

  /** What it was asked to do, in order, such as {@code ContinuousMove 0.500 0.000 0.000}. */
  public List<String> done() {
    return device.done();
  }

  /**
   * It notices something, and tells whoever pulls or will pull.
   *
   * @param topic such as {@code RuleEngine/CellMotionDetector/Motion}
   * @param item such as {@code IsMotion}
   */
  public void notice(String topic, String item, boolean value) {
    loop.execute(() -> device.notice(topic, item, value));
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  /** What the camera is to be like. */
  public static final class Builder {
    final List<SimulatedProfile> profiles = new ArrayList<>();
    String name = "Kydai camera";
    XmlStyle style = XmlStyle.STANDARD;
    SoapAuthentication.Way way = SoapAuthentication.Way.NONE;
    String user = "";
    String password = "";
    Clock clock = Clock.systemUTC();
    final Set<String> refused = new HashSet<>();
    boolean media2;
    boolean oldServices;
    boolean ptz;
    int port;
    @Nullable URI claimedAddress;
    @Nullable SslContext tls;

    private Builder() {}

    public Builder profile(SimulatedProfile profile) {
      profiles.add(profile);
      return this;
    }

    public Builder name(String value) {
      name = value;
      return this;
    }

    public Builder style(XmlStyle value) {
      style = value;
      return this;
    }

    /**
     * It wants a WS-UsernameToken that is not older than 30 s by its own clock, and no nonce twice.
     */
    public Builder usernameToken(String forUser, String withPassword) {
      return logIn(SoapAuthentication.Way.USERNAME_TOKEN, forUser, withPassword);
    }

    /** It wants HTTP Digest, and no token beside it. */
    public Builder digest(boolean sha256, String forUser, String withPassword) {
      return logIn(
          sha256 ? SoapAuthentication.Way.DIGEST_SHA256 : SoapAuthentication.Way.DIGEST_MD5,
          forUser,
          withPassword);
    }

    private Builder logIn(SoapAuthentication.Way value, String forUser, String withPassword) {
      way = value;
      user = forUser;
      password = withPassword;
      return this;
    }

    /** Its own clock, which may be wrong. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /** Faults an operation with {@code ter:NotAuthorized}, whoever asks for it. */
    public Builder refusing(String operation) {
      refused.add(operation);
      return this;
    }

    /** It has Media 2 beside Media 1. */
    public Builder media2() {
      media2 = true;
      return this;
    }

    /** It does not know GetServices, as cameras before 2011. */
    public Builder oldServices() {
      oldServices = true;
      return this;
    }

    /** It can be moved. */
    public Builder ptz() {
      ptz = true;
      return this;
    }

    /** The device service's address as it claims it, such as one of behind a NAT. */
    public Builder claims(URI address) {
      claimedAddress = address;
      return this;
    }

    public Builder tls(SslContext value) {
      tls = value;
      return this;
    }

    /** 0, the default, for any free one. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    public OnvifSimulator start() {
      return new OnvifSimulator(this);
    }
  }
}
