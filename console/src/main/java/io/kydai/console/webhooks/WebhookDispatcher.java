package io.kydai.console.webhooks;

import io.kydai.console.config.CameraConfig;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.store.Database;
import io.kydai.ingest.CameraId;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sends what the outbox holds. */
public final class WebhookDispatcher implements AutoCloseable {
  /**
   * @param cameras for the place in events
   * @param console the console's address, such as {@code http://127.0.0.1:8080}, for links
   */
  public WebhookDispatcher(
      Database database,
      List<WebhookConfig> endpoints,
      Function<CameraId, Optional<CameraConfig>> cameras,
      URI console,
      Clock clock,
      MeterRegistry metrics) {}

  /** Where the report queue writes what is to be told. */
  public ReportOutbox outbox() {
    throw new UnsupportedOperationException();
  }

  /** Starts to send, beginning with what an earlier process left. */
  public void start() {
    throw new UnsupportedOperationException();
  }

  /** The newest events that were given up. */
  public List<DeadLetter> deadLetters(int limit) {
    throw new UnsupportedOperationException();
  }

  /** Abandons attempts under way, which the next process makes again. */
  @Override
  public void close() {}
}
