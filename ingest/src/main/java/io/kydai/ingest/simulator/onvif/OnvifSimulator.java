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
 * A server for one simulated ONVIF device. It listens on 127.0.0.1 only, with HTTP on one port and
 * WS-Discovery for unicast probes on another. A request may have 64 KiB. The first 1,000 commands
 * are recorded; later ones are carried out without a record.
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
    device.setAddress(claimed == null ? address() : claimed);
    discovery =
        new Bootstrap()
            .group(loop)
            .channelFactory(() -> new NioDatagramChannel(SocketProtocolFamily.INET))
            .handler(new ProbeHandler(device))
            .bind(HOST, 0)
            .syncUninterruptibly()
            .channel();
  }

  /** Returns a builder of a device without profiles and login. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the address of the device service. */
  public URI address() {
    int port = ((InetSocketAddress) http.localAddress()).getPort();
    return URI.create(
        (secure ? "https://" : "http://") + HOST + ":" + port + "/onvif/device_service");
  }

  /** Returns the address at which it answers probes. */
  public InetSocketAddress discovery() {
    return (InetSocketAddress) discovery.localAddress();
  }

  /**
   * Returns the commands that it carried out, in order, such as {@code ContinuousMove 0.500 0.000
   * 0.000}.
   */
  public List<String> done() {
    return device.done();
  }

  /**
   * Adds an event, which the next pull delivers. At most 1,000 events wait; further ones are
   * dropped.
   *
   * @param topic the topic in ONVIF's namespace, such as {@code
   *     RuleEngine/CellMotionDetector/Motion}
   * @param item the name of the data item, such as {@code IsMotion}
   * @param value the value of the data item
   */
  public void notice(String topic, String item, boolean value) {
    loop.execute(() -> device.notice(topic, item, value));
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
  }

  /** Builds a simulator. */
  public static final class Builder {
    final List<SimulatedProfile> profiles = new ArrayList<>();
    String name = "Kydai camera";
    XmlStyle style = XmlStyle.STANDARD;
    SoapAuthentication.Scheme scheme = SoapAuthentication.Scheme.NONE;
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

    /** Adds a media profile. */
    public Builder profile(SimulatedProfile profile) {
      profiles.add(profile);
      return this;
    }

    /** Sets the name in the device information and the discovery scopes. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /** Sets the style of the XML. */
    public Builder style(XmlStyle value) {
      style = value;
      return this;
    }

    /**
     * Requires a WS-UsernameToken that is at most 30 s old by the device's clock, with a new nonce
     * in each request.
     */
    public Builder usernameToken(String forUser, String withPassword) {
      return login(SoapAuthentication.Scheme.USERNAME_TOKEN, forUser, withPassword);
    }

    /** Requires HTTP Digest, and refuses requests with a WS-UsernameToken. */
    public Builder digest(boolean sha256, String forUser, String withPassword) {
      return login(
          sha256 ? SoapAuthentication.Scheme.DIGEST_SHA256 : SoapAuthentication.Scheme.DIGEST_MD5,
          forUser,
          withPassword);
    }

    private Builder login(SoapAuthentication.Scheme value, String forUser, String withPassword) {
      scheme = value;
      user = forUser;
      password = withPassword;
      return this;
    }

    /** Sets the device's clock, which may differ from the system clock. */
    public Builder clock(Clock value) {
      clock = value;
      return this;
    }

    /**
     * Answers an operation with the fault {@code ter:NotAuthorized}, also with right credentials.
     */
    public Builder refusing(String operation) {
      refused.add(operation);
      return this;
    }

    /** Adds the Media 2 service to Media 1. */
    public Builder media2() {
      media2 = true;
      return this;
    }

    /** Refuses GetServices, as devices from before 2011 do. */
    public Builder oldServices() {
      oldServices = true;
      return this;
    }

    /** Adds the PTZ service. */
    public Builder ptz() {
      ptz = true;
      return this;
    }

    /**
     * Sets the address that the device gives for its own services, such as an address behind a NAT.
     */
    public Builder claims(URI address) {
      claimedAddress = address;
      return this;
    }

    /** Serves HTTPS instead of HTTP. */
    public Builder tls(SslContext value) {
      tls = value;
      return this;
    }

    /** Sets the HTTP port; 0, the default, for any free port. */
    public Builder port(int value) {
      port = value;
      return this;
    }

    /** Starts the server. */
    public OnvifSimulator start() {
      return new OnvifSimulator(this);
    }
  }
}
