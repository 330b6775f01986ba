package io.kydai.console.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.console.config.WebhookConfig;
import io.kydai.console.outbox.Destination;
import io.kydai.console.reports.Report;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An endpoint and its key in the outbox.
 *
 * @param key the first 16 bytes of the SHA-256 of the address in hexadecimal; the address itself
 *     may contain a token and is not written to the database
 * @param config the endpoint's configuration
 */
record WebhookEndpoint(String key, WebhookConfig config) {
  private static final int KEY_BYTES = 16;

  /** Returns the endpoint of a configuration. */
  static WebhookEndpoint of(WebhookConfig config) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(config.url().toString().getBytes(UTF_8));
      return new WebhookEndpoint(HexFormat.of().formatHex(hash, 0, KEY_BYTES), config);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform must support SHA-256", e);
    }
  }

  /** Returns the endpoint as the outbox has it. */
  Destination destination() {
    return new Destination(key, config.shown());
  }

  /** Returns whether the endpoint receives an event of a report. */
  boolean wants(Report report, String event) {
    return config.types().isEmpty()
        || config.types().contains(report.origin().type())
        || config.types().contains(event);
  }
}
