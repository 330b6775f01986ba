package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.models.document.Records;
import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the console's HTTP server, and who may come between it and its clients.
 *
 * @param host the address to bind; the default, a loopback address, is reachable from this machine
 *     only
 * @param port the TCP port, 0 for any free one
 * @param publicUrl the address under which clients reach the console, for example through a proxy;
 *     it is used for links in webhooks and accepted as a host name. Null for host and port
 * @param tls the server's certificate; null for HTTP without TLS
 * @param behindProxy the addresses of proxies, which are believed what they report of a client
 */
public record HttpConfig(
    String host,
    int port,
    @Nullable URI publicUrl,
    @Nullable ServerTls tls,
    List<AddressRange> behindProxy) {
  private static final int MAX_PROXIES = 64;
  private static final int MAX_RANGE = 60;

  private static final ValueType<AddressRange> RANGE =
      ValueType.text(MAX_RANGE)
          .as((text, at) -> at.made(() -> AddressRange.of(text)), AddressRange::toString)
          .saying("IP address or range");

  /** The default addresses. */
  public static final HttpConfig DEFAULT = keys(Path.of("")).defaults();

  public HttpConfig {
    requireNonNull(host);
    behindProxy = List.copyOf(behindProxy);
  }

  /** Creates a configuration without TLS and proxies. */
  public HttpConfig(String host, int port, @Nullable URI publicUrl) {
    this(host, port, publicUrl, null, List.of());
  }

  static Shape<HttpConfig> keys(Path folder) {
    return Shape.of(
        HttpConfig.class,
        key(
                "host",
                ValueType.text(255),
                "address to bind. One that other machines reach needs `tls` or `behind-proxy`")
            .otherwise("127.0.0.1"),
        key("port", ValueType.whole(0, 65_535), "TCP port; 0 takes any free one").otherwise(8080),
        key(
                "public-url",
                WebhookKeys.WEB.saying("`http` or `https` address"),
                "the console's address for others, such as `https://kydai.example`: in webhooks'"
                    + " links, and as a name under which pages may be opened")
            .shown("made of host and port"),
        key(
                "tls",
                ServerTls.type(folder),
                "the certificate for HTTPS, [below](#tls); `self-signed`: one that the node makes"
                    + " at its first start")
            .shown("none: HTTP"),
        key(
                "behind-proxy",
                ValueType.list(RANGE, MAX_PROXIES),
                "addresses or ranges (`10.0.0.0/24`) of the proxies before the console, whose"
                    + " `Forwarded` and `X-Forwarded-*` are believed. Without `tls`, other machines"
                    + " than these are refused")
            .otherwise(List.of())
            .shown("none"));
  }

  /** Returns a copy with another port. */
  public HttpConfig withPort(int other) {
    return Records.with(this, Map.of("port", other));
  }

  /** Returns a copy with another certificate. */
  public HttpConfig withTls(ServerTls other) {
    return Records.with(this, Map.of("tls", other));
  }
}
