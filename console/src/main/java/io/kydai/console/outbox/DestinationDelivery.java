package io.kydai.console.outbox;

import io.kydai.console.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events to one destination in the order of its outbox: at most one attempt is under way,
 * and an event is sent only after all before it were delivered or given up. {@link #pump} is called
 * on the timer's thread.
 */
public final class DestinationDelivery {
  private static final Duration DATABASE_RETRY = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(DestinationDelivery.class);

  private final Destination endpoint;
  private final Outbox outbox;
  private final Retries retries;
  private final Attempts attempts;
  private final RetryTimer timer;
  private final Clock clock;
  private final Tally tally;
  private volatile @Nullable Instant deliveredAt;
  private boolean underWay;
  private @Nullable Instant wakeUpAt;

  /** Creates the delivery to a destination, which {@link #pump} begins. */
  public DestinationDelivery(
      Destination endpoint,
      Outbox outbox,
      Retries retries,
      Attempts attempts,
      RetryTimer timer,
      Clock clock,
      Tally tally) {
    this.endpoint = endpoint;
    this.outbox = outbox;
    this.retries = retries;
    this.attempts = attempts;
    this.timer = timer;
    this.clock = clock;
    this.tally = tally;
  }

  /** Returns the destination. */
  public Destination destination() {
    return endpoint;
  }

  /** Returns the time of the last delivery, on any thread; empty where there was none yet. */
  public Optional<Instant> deliveredAt() {
    return Optional.ofNullable(deliveredAt);
  }

  /**
   * Sends the next event if it is due, and otherwise schedules the delivery.
   *
   * @return whether anything waits
   */
  public boolean pump() {
    if (underWay) {
      return true;
    }
    try {
      Optional<Outbox.Waiting> head = outbox.head(endpoint);
      head.ifPresent(this::attempt);
      return head.isPresent();
    } catch (StoreException e) {
      LOG.error("{}: the outbox cannot be read", endpoint.shown(), e);
      wakeAt(clock.instant().plus(DATABASE_RETRY));
      return true;
    }
  }

  /** Returns whether nothing is under way or scheduled; called on the timer's thread. */
  public boolean isIdle() {
    return !underWay && wakeUpAt == null;
  }

  private void attempt(Outbox.Waiting event) {
    Instant now = clock.instant();
    // An event that is due later than the longest wait after now was scheduled before the clock was
    // set back. It is sent now, because waiting would delay this event and all later ones.
    boolean clockWasAhead = event.due().isAfter(now.plus(retries.longest(event.attempts())));
    if (event.due().isAfter(now) && !clockWasAhead) {
      wakeAt(event.due());
      return;
    }
    underWay = true;
    attempts
        .attempt(event, now)
        .thenAccept(outcome -> timer.after(Duration.ZERO, () -> finished(event, outcome)));
  }

  private void finished(Outbox.Waiting event, Outcome outcome) {
    underWay = false;
    try {
      settle(event, outcome);
    } catch (StoreException e) {
      // The event stays in the outbox and is sent again: delivery is at least once.
      LOG.error("{}: the outbox cannot be written", endpoint.shown(), e);
      wakeAt(clock.instant().plus(DATABASE_RETRY));
      return;
    }
    pump();
  }

  private void settle(Outbox.Waiting event, Outcome outcome) {
    if (outcome.done()) {
      outbox.delivered(endpoint, event.event());
      if (outcome.kind() == Outcome.Kind.DROPPED) {
        tally.dropped();
      } else {
        deliveredAt = clock.instant();
        tally.delivered();
      }
      return;
    }
    tally.failed();
    Optional<Instant> next =
        outcome.kind() == Outcome.Kind.REFUSED
            ? Optional.empty()
            : retries.next(event.created(), event.attempts() + 1, clock.instant());
    if (next.isPresent()) {
      outbox.tryAgain(endpoint, event.event(), next.get(), outcome.why());
      LOG.warn(
          "{}: event {} failed ({}), next attempt at {}",
          endpoint.shown(),
          event.event(),
          outcome.why(),
          next.get());
    } else {
      outbox.giveUp(endpoint, event.event(), outcome.why());
      tally.dead();
      LOG.error(
          "{}: delivery of event {} is given up ({})",
          endpoint.shown(),
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
