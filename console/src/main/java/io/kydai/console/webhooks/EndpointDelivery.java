package io.kydai.console.webhooks;

import io.kydai.console.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to one endpoint in order: at most one attempt is under way, and an event is sent
 * only after all earlier ones were delivered or given up. {@link #pump} is called on the timer's
 * thread.
 */
final class EndpointDelivery {
  private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(EndpointDelivery.class);

  private final WebhookEndpoint endpoint;
  private final Outbox outbox;
  private final Sender sender;
  private final RetryTimer timer;
  private final Clock clock;
  private final MeterRegistry metrics;
  private volatile @Nullable Instant deliveredAt;
  private boolean underWay;
  private @Nullable Instant wakeUpAt;

  EndpointDelivery(
      WebhookEndpoint endpoint,
      Outbox outbox,
      Sender sender,
      RetryTimer timer,
      Clock clock,
      MeterRegistry metrics) {
    this.endpoint = endpoint;
    this.outbox = outbox;
    this.sender = sender;
    this.timer = timer;
    this.clock = clock;
    this.metrics = metrics;
  }

  WebhookEndpoint endpoint() {
    return endpoint;
  }

  /** Returns the time of the last delivery, on any thread; empty where there was none yet. */
  Optional<Instant> deliveredAt() {
    return Optional.ofNullable(deliveredAt);
  }

  /** Sends the oldest event if it is due, and otherwise schedules the delivery. */
  void pump() {
    if (underWay) {
      return;
    }
    try {
      outbox.head(endpoint).ifPresent(this::attempt);
    } catch (StoreException e) {
      LOG.error("webhook {}: the outbox cannot be read", endpoint.config().shown(), e);
      wakeAt(clock.instant().plus(DATABASE_RETRY));
    }
  }

  private void attempt(Outbox.Waiting event) {
    Instant now = clock.instant();
    // An event that is due later than the longest wait after now was scheduled before the clock was
    // set back. It is sent now, because waiting would delay this event and all later ones.
    boolean clockWasAhead = event.due().isAfter(now.plus(Retries.delay(event.attempts())));
    if (event.due().isAfter(now) && !clockWasAhead) {
      wakeAt(event.due());
      return;
    }
    underWay = true;
    sender
        .send(endpoint, event.event(), event.body(), now)
        .thenAccept(outcome -> timer.after(Duration.ZERO, () -> finished(event, outcome)));
  }

  private void finished(Outbox.Waiting event, Sender.Outcome outcome) {
    underWay = false;
    try {
      settle(event, outcome);
    } catch (StoreException e) {
      // The event stays in the outbox and is sent again: delivery is at least once.
      LOG.error("webhook {}: the outbox cannot be written", endpoint.config().shown(), e);
      wakeAt(clock.instant().plus(DATABASE_RETRY));
      return;
    }
    pump();
  }

  private void settle(Outbox.Waiting event, Sender.Outcome outcome) {
    if (outcome.delivered()) {
      outbox.delivered(endpoint, event.event());
      deliveredAt = clock.instant();
      WebhookCounter.DELIVERED.of(endpoint, metrics).increment();
      return;
    }
    WebhookCounter.FAILED.of(endpoint, metrics).increment();
    Optional<Instant> next =
        outcome.gone()
            ? Optional.empty()
            : Retries.next(event.created(), event.attempts() + 1, clock.instant());
    if (next.isPresent()) {
      outbox.tryAgain(endpoint, event.event(), next.get(), outcome.why());
      LOG.warn(
          "webhook {}: event {} failed ({}), next attempt at {}",
          endpoint.config().shown(),
          event.event(),
          outcome.why(),
          next.get());
    } else {
      outbox.giveUp(endpoint, event.event(), outcome.why());
      WebhookCounter.DEAD.of(endpoint, metrics).increment();
      LOG.error(
          "webhook {}: delivery of event {} is given up ({})",
          endpoint.config().shown(),
          event.event(),
          outcome.why());
    }
  }

  /** Schedules a call of {@link #pump}, unless an earlier one is scheduled. */
  private void wakeAt(Instant at) {
    if (wakeUpAt != null && !wakeUpAt.isAfter(at)) {
      return;
    }
    wakeUpAt = at;
    Duration wait = Duration.between(clock.instant(), at);
    timer.after(
        wait.isNegative() ? Duration.ZERO : wait,
        () -> {
          wakeUpAt = null;
          pump();
        });
  }
}
