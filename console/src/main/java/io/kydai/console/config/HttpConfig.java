package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * Where the console listens.
 *
 * @param host address to bind; only this machine can reach the default
 * @param port TCP port, 0 for any free one
 * @param publicUrl under which others reach the console, as through a proxy: in webhooks' links,
 *     and as a name that the console answers for; made of host and port where empty
 */
public record HttpConfig(String host, int port, Optional<URI> publicUrl) {
  public static final HttpConfig DEFAULT = new HttpConfig("127.0.0.1", 8080, Optional.empty());

  public HttpConfig {
    requireNonNull(host);
    requireNonNull(publicUrl);
  }
}
