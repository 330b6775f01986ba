package io.kydai.ingest.connect;

import io.kydai.ingest.source.Transport;
import io.kydai.ingest.tls.SecureStart;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;

/** Makes connections to one address, encrypted where it asks for that. */
public final class CameraConnector {
  private final URI address;
  private final CameraRoute route;
  private final Bootstrap bootstrap;
  private final Duration handshakeTimeout;

  public CameraConnector(
      URI address, CameraRoute route, Bootstrap bootstrap, Duration handshakeTimeout) {
    this.address = address;
    this.route = route;
    this.bootstrap = bootstrap;
    this.handshakeTimeout = handshakeTimeout;
  }

  public static boolean isSecure(URI address) {
    return "rtsps".equalsIgnoreCase(address.getScheme());
  }

  /** Whether RTSP is to be tunnelled through HTTP. */
  public boolean isTunnelled() {
    return route.source().transport() == Transport.HTTP;
  }

  private Endpoint endpoint() {
    return Endpoint.of(address, isTunnelled());
  }

  /**
   * Connects.
   *
   * @param begin puts what comes next at the end of the pipeline, when the connection is secure
   *     where it has to be, and maybe before it is made
   * @param failed hears why it is not secure; continues the sentence "the camera …"
   */
  public ChannelFuture connect(
      Consumer<ChannelPipeline> begin, BiConsumer<Channel, String> failed) {
    Endpoint to = endpoint();
    return prepared(begin, failed).connect(to.host(), to.port());
  }

  /** Connects to where another connection to the same camera led. */
  public ChannelFuture connectTo(
      SocketAddress there, Consumer<ChannelPipeline> begin, BiConsumer<Channel, String> failed) {
    return prepared(begin, failed).connect(there);
  }

  private Bootstrap prepared(Consumer<ChannelPipeline> begin, BiConsumer<Channel, String> failed) {
    return bootstrap
        .clone()
        .handler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel opened)
                  throws SSLException, GeneralSecurityException {
                if (isSecure(address)) {
                  Endpoint to = endpoint();
                  SslHandler tls = route.tls().newHandler(opened.alloc(), to.host(), to.port());
                  tls.setHandshakeTimeoutMillis(handshakeTimeout.toMillis());
                  opened
                      .pipeline()
                      .addLast(
                          tls, new SecureStart(begin, reason -> failed.accept(opened, reason)));
                } else {
                  begin.accept(opened.pipeline());
                }
              }
            });
  }
}
