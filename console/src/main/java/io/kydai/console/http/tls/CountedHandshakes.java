package io.kydai.console.http.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/**
 * The Java platform's TLS, which announces a connection before its handshake. Vert.x announces one
 * only after the handshake, so that any number of clients that never finish theirs would go
 * uncounted.
 */
public final class CountedHandshakes extends JdkSSLEngineOptions {
  private final Consumer<Channel> began;

  /**
   * @param began called on the connection's event loop when it begins; may close it
   */
  public CountedHandshakes(Consumer<Channel> began) {
    this.began = began;
  }

  /** Returns this, as Vert.x expects of a class that it does not know. */
  @Override
  public JdkSSLEngineOptions copy() {
    return this;
  }

  @Override
  public SslContextFactory sslContextFactory() {
    return new Factory(super.sslContextFactory());
  }

  /** Builds what another factory builds, around which connections are announced. */
  private final class Factory implements SslContextFactory {
    private final SslContextFactory inner;

    private Factory(SslContextFactory inner) {
      this.inner = inner;
    }

    @Override
    public SslContextFactory useAlpn(boolean useAlpn) {
      inner.useAlpn(useAlpn);
      return this;
    }

    @Override
    public SslContextFactory forServer(ClientAuth clientAuth) {
      inner.forServer(clientAuth);
      return this;
    }

    @Override
    public SslContextFactory enabledProtocols(Set<String> protocols) {
      inner.enabledProtocols(protocols);
      return this;
    }

    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory factory) {
      inner.keyMananagerFactory(factory);
      return this;
    }

    @Override
    public SslContextFactory trustManagerFactory(TrustManagerFactory factory) {
      inner.trustManagerFactory(factory);
      return this;
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> suites) {
      inner.enabledCipherSuites(suites);
      return this;
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> protocols) {
      inner.applicationProtocols(protocols);
      return this;
    }

    @Override
    public SslContext create() throws SSLException {
      return new Announcing(inner.create());
    }
  }

  private final class Announcing extends DelegatingSslContext {
    private Announcing(SslContext inner) {
      super(inner);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator allocator, boolean startTls, Executor executor) {
      return handler(newEngine(allocator), startTls, executor);
    }

    @Override
    protected SslHandler newHandler(
        ByteBufAllocator allocator, String host, int port, boolean startTls, Executor executor) {
      return handler(newEngine(allocator, host, port), startTls, executor);
    }

    private SslHandler handler(SSLEngine engine, boolean startTls, Executor executor) {
      return new SslHandler(engine, startTls, executor) {
        @Override
        public void handlerAdded(ChannelHandlerContext context) throws Exception {
          super.handlerAdded(context);
          began.accept(context.channel());
        }
      };
    }

    @Override
    protected void initEngine(SSLEngine engine) {
      // The engine stays as the factory made it.
    }
  }
}
