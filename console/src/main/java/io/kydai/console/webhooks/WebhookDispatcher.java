package io.kydai.console.webhooks;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.outbox.DestinationDelivery;
import io.kydai.console.outbox.Outbox;
import io.kydai.console.outbox.Retries;
import io.kydai.console.outbox.RetryTimer;
import io.kydai.console.outbox.ThreadRetryTimer;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers events of reports to the configured endpoints.
 *
 * <ul>
 *   <li>An event is in the outbox if and only if the change of its report is in the report queue,
 *       because both are written in one transaction.
 *   <li>Each event is delivered to each endpoint at least once, with the same id, also after a
 *       crash; otherwise it becomes a dead letter.
 *   <li>Events are delivered to an endpoint in order. The failure of one endpoint does not delay
 *       the events of another.
 * </ul>
 *
 * <p>Events can be added to the outbox at any time; nothing is sent before {@link #start}. The
 * bounds of the outbox are in {@link Outbox}, the times of attempts in {@link Retries}.
 */
public final class WebhookDispatcher implements AutoCloseable {
  /** More than these wait for delivery to an endpoint only as dead letters. */
  static final int MAX_PENDING = 10_000;

  static final Retries RETRIES = new Retries(Duration.ofDays(3), Duration.ZERO);
  private static final Duration ATTEMPT_LIMIT = Duration.ofSeconds(15);
  private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);

  private final List<WebhookEndpoint> endpoints;
  private final Function<CameraId, Optional<CameraConfig>> cameras;
  private final Supplier<URI> console;
  private final Clock clock;
  private final MeterRegistry metrics;
  private final RetryTimer timer;
  private final Outbox outbox;
  private final Ulids ids;
  private final Sender sender;
  private final List<EndpointDelivery> deliveries;
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean pumping = new AtomicBoolean();

  /**
   * Creates a dispatcher that does not send yet.
   *
   * @param cameras returns the present configuration of a camera
   * @param console returns the console's address for links, such as {@code http://127.0.0.1:8080};
   *     it is called for each event, because the port is known only after the console listens
   */
  public WebhookDispatcher(
      Database database,
      List<WebhookConfig> endpoints,
      Function<CameraId, Optional<CameraConfig>> cameras,
      Supplier<URI> console,
      Clock clock,
      MeterRegistry metrics) {
    this(
        new Outbox(database, Outbox.Kind.WEBHOOKS, clock, MAX_PENDING),
        endpoints,
        cameras,
        console,
        clock,
        metrics,
        new ThreadRetryTimer("webhooks"),
        ATTEMPT_LIMIT);
  }

  WebhookDispatcher(
      Outbox outbox,
      List<WebhookConfig> endpoints,
      Function<CameraId, Optional<CameraConfig>> cameras,
      Supplier<URI> console,
      Clock clock,
      MeterRegistry metrics,
      RetryTimer timer,
      Duration attemptLimit) {
    this.outbox = requireNonNull(outbox);
    this.endpoints = endpoints.stream().map(WebhookEndpoint::of).toList();
    this.cameras = requireNonNull(cameras);
    this.console = requireNonNull(console);
    this.clock = requireNonNull(clock);
    this.metrics = requireNonNull(metrics);
    this.timer = requireNonNull(timer);
    ids = new Ulids(clock);
    outbox.newestEvent().ifPresent(ids::startAfter);
    sender = new Sender(attemptLimit);
    // From 0 on: Prometheus sees no increase in a counter that appears with its first event.
    for (WebhookEndpoint endpoint : this.endpoints) {
      WebhookCounter.register(endpoint, metrics);
    }
    deliveries =
        this.endpoints.stream()
            .map(endpoint -> new EndpointDelivery(endpoint, delivery(endpoint)))
            .toList();
  }

  private DestinationDelivery delivery(WebhookEndpoint endpoint) {
    return new DestinationDelivery(
        endpoint.destination(),
        outbox,
        RETRIES,
        (event, now) ->
            sender
                .send(endpoint, event.event(), event.body(), now)
                .thenApply(Sender.Answer::inOutbox),
        timer,
        clock,
        WebhookCounter.tally(endpoint, metrics));
  }

  /** Returns the outbox to which the report queue writes events. */
  public ReportOutbox outbox() {
    return new ReportOutbox() {
      @Override
      public void write(Handle transaction, Report report) {
        add(transaction, report, ReportEvent.name(report));
      }

      @Override
      public void writePlates(Handle transaction, Report report) {
        add(transaction, report, ReportEvent.PLATE_READ);
      }

      @Override
      public void committed() {
        wake();
      }
    };
  }

  private void add(Handle transaction, Report report, String event) {
    List<WebhookEndpoint> recipients =
        endpoints.stream().filter(e -> e.wants(report, event)).toList();
    if (recipients.isEmpty()) {
      return;
    }
    String id = ids.next();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    String body =
        ReportEvent.body(
            id,
            now,
            event,
            report,
            cameras.apply(report.origin().camera()).orElse(null),
            console.get());
    for (WebhookEndpoint recipient : recipients) {
      int dead =
          outbox.add(transaction, recipient.destination(), id, event, report.id(), body, now);
      if (dead > 0) {
        String endpoint = recipient.config().shown();
        WebhookCounter.DEAD.of(recipient, metrics).increment(dead);
        LOG.error(
            "webhook {}: delivery of {} events is given up, because the outbox was full",
            endpoint,
            dead);
      }
    }
  }

  /** Starts to send events, beginning with those of an earlier process. */
  public void start() {
    int orphans = outbox.giveUpOthers(endpoints.stream().map(WebhookEndpoint::key).toList());
    if (orphans > 0) {
      LOG.warn(
          "delivery of {} events is given up, because their endpoints are no longer configured",
          orphans);
    }
    started.set(true);
    wake();
  }

  /** Schedules the deliveries, unless they are already scheduled. */
  private void wake() {
    if (started.get() && pumping.compareAndSet(false, true)) {
      timer.after(
          Duration.ZERO,
          () -> {
            pumping.set(false);
            deliveries.forEach(one -> one.delivery().pump());
          });
    }
  }

  /**
   * Returns what administrators see of the endpoints and do about them.
   *
   * @param audit gets an entry of each test and replay
   */
  public Webhooks administration(AuditLog audit) {
    return new WebhookAdministration(
        deliveries, outbox, sender, ids::next, console, this::wake, audit, clock);
  }

  /** Aborts the attempts under way, which the next process repeats. */
  @Override
  public void close() {
    started.set(false);
    timer.close();
    sender.close();
  }
}
