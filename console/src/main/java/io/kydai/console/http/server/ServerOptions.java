package io.kydai.console.http.server;

import io.kydai.console.http.tls.CountedHandshakes;
import io.netty.channel.Channel;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * How the server is set up. It speaks HTTP/1.1 and, over TLS to clients that offer it (RFC 7301),
 * HTTP/2, as players of Low-Latency HLS want.
 */
public final class ServerOptions {
  private static final long HANDSHAKE_SECONDS = 10;

  private ServerOptions() {}

  /** Returns the options of a server without TLS. */
  public static HttpServerOptions plain() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(Limits.TARGET)
        .setMaxHeaderSize(Limits.HEADERS)
        .setMaxWebSocketFrameSize(Limits.FRAME)
        .setMaxWebSocketMessageSize(Limits.FRAME)
        .setIdleTimeout(Limits.IDLE_SECONDS)
        .setHttp2ClearTextEnabled(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setWebSocketClosingTimeout(2)
        .setHandle100ContinueAutomatically(false)
        .setTcpNoDelay(true);
  }

  /**
   * Returns the options of a server with TLS.
   *
   * @param began called when a connection begins, before its handshake; may close it
   */
  public static HttpServerOptions overTls(KeyCertOptions certificate, Consumer<Channel> began) {
    HttpServerOptions options = plain();
    options
        .setSsl(true)
        .setUseAlpn(true)
        .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
        .setInitialSettings(
            new Http2Settings()
                .setMaxConcurrentStreams(Limits.STREAMS)
                .setMaxHeaderListSize(Limits.HEADERS))
        .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
        .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
        .setKeyCertOptions(certificate)
        .setSslEngineOptions(new CountedHandshakes(began));
    return options;
  }

  /** Returns what a running server is given when its certificate changed. */
  public static ServerSSLOptions renewed(KeyCertOptions certificate) {
    ServerSSLOptions options = new ServerSSLOptions().setKeyCertOptions(certificate);
    options.setUseAlpn(true);
    options.setApplicationLayerProtocols(List.of("h2", "http/1.1"));
    options.setSslHandshakeTimeout(HANDSHAKE_SECONDS);
    options.setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    return options;
  }
}
