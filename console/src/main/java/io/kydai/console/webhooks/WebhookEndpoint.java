package io.kydai.console.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.config.WebhookConfig;
import io.kydai.console.reports.Report;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An endpoint and the name under which the outbox knows it.
 *
 * @param key made of the address, which may hold a token and is not written to the database
 */
record WebhookEndpoint(String key, WebhookConfig config) {
  private static final int KEY_BYTES = 16;

  static WebhookEndpoint of(WebhookConfig config) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(config.url().toString().getBytes(UTF_8));
      return new WebhookEndpoint(HexFormat.of().formatHex(hash, 0, KEY_BYTES), config);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  boolean wants(Report report, String event) {
    return config.types().isEmpty()
        || config.types().contains(report.origin().type())
        || config.types().contains(event);
  }
}
