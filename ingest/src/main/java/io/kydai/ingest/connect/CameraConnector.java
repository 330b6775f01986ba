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

/** Opens connections to one camera, with TLS when its address requires it. */
public final class CameraConnector {
  private final URI address;
  private final CameraRoute route;
  private final Bootstrap bootstrap;
  private final Duration handshakeTimeout;

  /**
   * Creates a connector.
   *
   * @param address the address to connect to, which a redirection may have changed
   * @param route the camera's connection parameters
   * @param bootstrap the bootstrap of TCP channels on the camera's event loop
   * @param handshakeTimeout the time limit for the TLS handshake
   */
  public CameraConnector(
      URI address, CameraRoute route, Bootstrap bootstrap, Duration handshakeTimeout) {
    this.address = address;
    this.route = route;
    this.bootstrap = bootstrap;
    this.handshakeTimeout = handshakeTimeout;
  }

  /** Returns whether the address requires TLS ({@code rtsps}). */
  public static boolean isSecure(URI address) {
    return "rtsps".equalsIgnoreCase(address.getScheme());
  }

  /** Returns whether RTSP is tunnelled through HTTP. */
  public boolean isTunnelled() {
    return route.source().transport() == Transport.HTTP;
  }

  private Endpoint endpoint() {
    return Endpoint.of(address, isTunnelled());
  }

  /**
   * Connects to the camera's host and port.
   *
   * @param begin adds the next handlers at the end of the pipeline; called after the TLS handshake,
   *     or, without TLS, before the connection is made
   * @param failed called with the channel and the reason when the TLS handshake fails; the reason
   *     continues the sentence "the camera …"
   */
  public ChannelFuture connect(
      Consumer<ChannelPipeline> begin, BiConsumer<Channel, String> failed) {
    Endpoint to = endpoint();
    return prepared(begin, failed).connect(to.host(), to.port());
  }

  /**
   * Connects to the remote address of another connection to the same camera.
   *
   * @param begin as for {@link #connect}
   * @param failed as for {@link #connect}
   */
  public ChannelFuture connectTo(
      SocketAddress remote, Consumer<ChannelPipeline> begin, BiConsumer<Channel, String> failed) {
    return prepared(begin, failed).connect(remote);
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
