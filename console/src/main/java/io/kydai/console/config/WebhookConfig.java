package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.tree.Secret;
import java.net.URI;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An endpoint that is told of reports. Its {@code toString} shows the host only: a path or query
 * may hold a token.
 *
 * @param url {@code http} or {@code https}, without user information
 * @param secret that signs what is sent: {@code whsec_} and base64 of 24 to 64 bytes, or at least
 *     16 characters as they are
 * @param types which alerts' types ({@code crowding}) or events ({@code report.received}) it is
 *     told of; all where empty
 */
public record WebhookConfig(URI url, Secret secret, SortedSet<String> types) {
  /** The event of plates that were read after a report came in. */
  public static final String PLATE_READ = "report.plate-read";

  static final String SECRET_PREFIX = "whsec_";

  public WebhookConfig {
    requireNonNull(url);
    requireNonNull(secret);
    types = Collections.unmodifiableSortedSet(new TreeSet<>(types));
  }

  /** What logs and metrics may show of it, such as {@code https://example.org:8443}. */
  public String shown() {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  @Override
  public String toString() {
    return "WebhookConfig[" + shown() + ", types=" + types + "]";
  }
}
