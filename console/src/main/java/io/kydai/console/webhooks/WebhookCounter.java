package io.kydai.console.webhooks;

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

  /** Returns the counter of an endpoint. */
  Counter of(WebhookEndpoint endpoint, MeterRegistry metrics) {
    return Counter.builder("kydai.console.webhooks." + name)
        .description(description)
        .tag("endpoint", endpoint.config().shown())
        .register(metrics);
  }
}
