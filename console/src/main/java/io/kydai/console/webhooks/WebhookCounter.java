package io.kydai.console.webhooks;

import io.kydai.console.outbox.Tally;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The counters {@code kydai.console.webhooks.*}, tagged with the address of the endpoint. */
enum WebhookCounter {
  /** The events that an endpoint accepted. */
  DELIVERED("delivered", "Events that the endpoint accepted"),
  /** The attempts that failed, whether they are repeated or not. */
  FAILED("failed", "Attempts to deliver an event that failed"),
  /** The events that became dead letters. */
  DEAD("dead", "Events whose delivery was given up");

  private final String name;
  private final String description;

  WebhookCounter(String name, String description) {
    this.name = name;
    this.description = description;
  }

  /** Registers every counter of an endpoint. */
  static void register(WebhookEndpoint endpoint, MeterRegistry metrics) {
    for (WebhookCounter one : values()) {
      one.of(endpoint, metrics);
    }
  }

  /** Returns what counts the deliveries to an endpoint. */
  static Tally tally(WebhookEndpoint endpoint, MeterRegistry metrics) {
    return new Tally() {
      @Override
      public void delivered() {
        DELIVERED.of(endpoint, metrics).increment();
      }

      @Override
      public void failed() {
        FAILED.of(endpoint, metrics).increment();
      }

      @Override
      public void dead() {
        DEAD.of(endpoint, metrics).increment();
      }
    };
  }

  /** Returns the counter of an endpoint. */
  Counter of(WebhookEndpoint endpoint, MeterRegistry metrics) {
    return Counter.builder("kydai.console.webhooks." + name)
        .description(description)
        .tag("endpoint", endpoint.config().shown())
        .register(metrics);
  }
}
