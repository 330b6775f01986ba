package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.tree.Secret;
import java.net.URI;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * An endpoint that receives events of reports. Its {@code toString} shows only the host, because
 * the path or the query may contain a token.
 *
 * @param url the {@code http} or {@code https} address, without user information
 * @param secret the key that signs events (Standard Webhooks): {@code whsec_} followed by the
 *     base64 of 24 to 64 bytes, or a text of at least 16 characters
 * @param types the types of alerts ({@code crowding}) and events ({@code report.received}) that it
 *     receives; all where empty
 */
public record WebhookConfig(URI url, Secret secret, SortedSet<String> types) {
  /** The event that plates were read after a report was received. */
  public static final String PLATE_READ = "report.plate-read";

  static final String SECRET_PREFIX = "whsec_";

  public WebhookConfig {
    requireNonNull(url);
    requireNonNull(secret);
    types = Collections.unmodifiableSortedSet(new TreeSet<>(types));
  }

  /** Returns the address without path for logs and metrics, as {@code https://example.org:8443}. */
  public String shown() {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }

  @Override
  public String toString() {
    return "WebhookConfig[" + shown() + ", types=" + types + "]";
  }
}
