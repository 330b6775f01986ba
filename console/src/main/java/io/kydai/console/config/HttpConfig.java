package io.kydai.console.config;

import static io.kydai.models.document.Key.key;
import static java.util.Objects.requireNonNull;

import io.kydai.models.document.Records;
import io.kydai.models.document.Shape;
import io.kydai.models.document.ValueType;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of the console's HTTP server.
 *
 * @param host the address to bind; the default, a loopback address, is reachable from this machine
 *     only
 * @param port the TCP port, 0 for any free one
 * @param publicUrl the address under which clients reach the console, for example through a proxy;
 *     it is used for links in webhooks and accepted as a host name. Null for host and port
 */
public record HttpConfig(String host, int port, @Nullable URI publicUrl) {
  static final Shape<HttpConfig> KEYS =
      Shape.of(
          HttpConfig.class,
          key(
                  "host",
                  ValueType.text(255),
                  "address to bind. There are no log-ins yet: every client that can reach it may do"
                      + " everything")
              .otherwise("127.0.0.1"),
          key("port", ValueType.whole(0, 65_535), "TCP port; 0 takes any free one").otherwise(8080),
          key(
                  "public-url",
                  WebhookKeys.WEB.saying("`http` or `https` address"),
                  "the console's address for others, such as `https://kydai.example`: in webhooks'"
                      + " links, and as a name under which pages may be opened")
              .shown("made of host and port"));

  /** The default addresses. */
  public static final HttpConfig DEFAULT = KEYS.defaults();

  public HttpConfig {
    requireNonNull(host);
  }

  /** Returns a copy with another port. */
  public HttpConfig withPort(int other) {
    return Records.with(this, Map.of("port", other));
  }
}
