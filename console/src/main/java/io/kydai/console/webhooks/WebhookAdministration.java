package io.kydai.console.webhooks;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.outbox.DeadLetterPage;
import io.kydai.console.outbox.DestinationRows;
import io.kydai.console.outbox.Outbox;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The endpoints of a dispatcher, as administrators see them. Any thread. */
final class WebhookAdministration implements Webhooks {
  private final List<EndpointDelivery> deliveries;
  private final Outbox outbox;
  private final Sender sender;
  private final Supplier<String> ids;
  private final Supplier<URI> console;
  private final Runnable wake;
  private final AuditLog audit;
  private final Clock clock;
  private final Semaphore tests = new Semaphore(1);

  /**
   * @param ids makes ids of events
   * @param wake begins the deliveries
   */
  WebhookAdministration(
      List<EndpointDelivery> deliveries,
      Outbox outbox,
      Sender sender,
      Supplier<String> ids,
      Supplier<URI> console,
      Runnable wake,
      AuditLog audit,
      Clock clock) {
    this.deliveries = deliveries;
    this.outbox = outbox;
    this.sender = sender;
    this.ids = ids;
    this.console = console;
    this.wake = wake;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public DeadLetterPage page(int limit, String cursor) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("a limit of 1 to " + MAX_PAGE + " is expected");
    }
    return outbox.deadLetters(limit, cursor);
  }

  @Override
  public List<EndpointStatus> endpoints() {
    return outbox
        .database()
        .inSnapshot(
            db ->
                deliveries.stream()
                    .map(
                        delivery -> {
                          DestinationRows rows = outbox.rows(db, delivery.endpoint().key());
                          return new EndpointStatus(
                              delivery.endpoint().key(),
                              delivery.endpoint().config().shown(),
                              delivery.endpoint().config().types(),
                              rows.waiting(),
                              rows.dead(null),
                              delivery.delivery().deliveredAt().orElse(null),
                              rows.failure().orElse(null));
                        })
                    .toList());
  }

  private Optional<WebhookEndpoint> endpoint(String id) {
    return deliveries.stream()
        .map(EndpointDelivery::endpoint)
        .filter(endpoint -> endpoint.key().equals(id))
        .findFirst();
  }

  @Override
  public Optional<TestOutcome> test(String id, Actor actor, RequestOrigin origin) {
    Optional<WebhookEndpoint> known = endpoint(id);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    if (!tests.tryAcquire()) {
      throw new TestUnderWayException();
    }
    TestOutcome outcome;
    try {
      outcome = send(known.get());
    } finally {
      tests.release();
    }
    audit.append(
        AuditEvent.of(AuditEventType.WEBHOOK_TESTED, actor, origin)
            .detail("endpoint", known.get().config().shown())
            .detail("outcome", outcome.delivered() ? "ok" : outcome.why()));
    return Optional.of(outcome);
  }

  private TestOutcome send(WebhookEndpoint endpoint) {
    String event = ids.get();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    long begin = System.nanoTime();
    Sender.Answer outcome =
        sender.send(endpoint, event, TestEvent.body(event, now, console.get()), now).join();
    return new TestOutcome(
        outcome.delivered(), outcome.why(), Duration.ofNanos(System.nanoTime() - begin));
  }

  @Override
  public Optional<Integer> replay(
      String id, @Nullable String event, Actor actor, RequestOrigin origin) {
    Optional<WebhookEndpoint> known = endpoint(id);
    if (known.isEmpty()) {
      return Optional.empty();
    }
    int replayed =
        outbox
            .database()
            .inTransaction(
                db -> {
                  DestinationRows rows = outbox.rows(db, id);
                  int waiting = rows.waiting();
                  int dead = rows.dead(event);
                  if (dead == 0) {
                    return 0;
                  }
                  if (waiting + dead > outbox.maxPending()) {
                    throw new OutboxFullException(waiting, dead, outbox.maxPending());
                  }
                  audit.append(
                      db,
                      AuditEvent.of(AuditEventType.WEBHOOK_REPLAYED, actor, origin)
                          .detail("endpoint", known.get().config().shown())
                          .detail("event", event)
                          .detail("events", dead));
                  return rows.replay(event, clock.instant());
                });
    wake.run();
    return Optional.of(replayed);
  }
}
