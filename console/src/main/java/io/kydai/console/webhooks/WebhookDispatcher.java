package io.kydai.console.webhooks;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.camera.CameraConfig;
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
 * Sends what the outbox holds.
 *
 * <ul>
 *   <li>An event is in the outbox if and only if its report's step is in the queue.
 *   <li>Each endpoint is told of each event at least once, with the same id, also after a crash; or
 *       the event becomes a dead letter.
 *   <li>An endpoint is told in order. One endpoint's trouble does not hold another's events.
 * </ul>
 *
 * <p>Its outbox works from the start; nothing is sent before {@link #start}. The outbox's bounds
 * are in {@link Outbox}, the times of attempts in {@link Retries}.
 */
public final class WebhookDispatcher implements DeadLetters, AutoCloseable {
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
   * @param cameras for the place in events
   * @param console the console's address, such as {@code http://127.0.0.1:8080}, for links; asked
   *     for each event, as the port may be known only when the console listens
   */
  public WebhookDispatcher(
      Database database,
      List<WebhookConfig> endpoints,
      Function<CameraId, Optional<CameraConfig>> cameras,
      Supplier<URI> console,
      Clock clock,
      MeterRegistry metrics) {
    this(
        new Outbox(database, clock, Outbox.MAX_PENDING),
        endpoints,
        cameras,
        console,
        clock,
        metrics,
        new ThreadRetryTimer(),
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
    deliveries =
        this.endpoints.stream()
            .map(endpoint -> new EndpointDelivery(endpoint, outbox, sender, timer, clock, metrics))
            .toList();
  }

  /** Where the report queue writes what is to be told. */
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
    List<WebhookEndpoint> hearers = endpoints.stream().filter(e -> e.wants(report, event)).toList();
    if (hearers.isEmpty()) {
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
    for (WebhookEndpoint hearer : hearers) {
      int dead = outbox.add(transaction, hearer, id, event, report.id(), body);
      if (dead > 0) {
        String endpoint = hearer.config().shown();
        metrics.counter("kydai.console.webhooks.dead", "endpoint", endpoint).increment(dead);
        LOG.error("webhook {}: {} events are given up, the outbox was full", endpoint, dead);
      }
    }
  }

  /** Starts to send, beginning with what an earlier process left. */
  public void start() {
    int orphans = outbox.giveUpOthers(endpoints);
    if (orphans > 0) {
      LOG.warn("{} events are given up, their endpoints are not configured any more", orphans);
    }
    started.set(true);
    wake();
  }

  /** Any number of calls before the timer comes round are one. */
  private void wake() {
    if (started.get() && pumping.compareAndSet(false, true)) {
      timer.after(
          Duration.ZERO,
          () -> {
            pumping.set(false);
            deliveries.forEach(EndpointDelivery::pump);
          });
    }
  }

  @Override
  public DeadLetterPage page(int limit, String cursor) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new IllegalArgumentException("a limit of 1 to " + MAX_PAGE + " is expected");
    }
    return outbox.deadLetters(limit, cursor);
  }

  /** Abandons attempts under way, which the next process makes again. */
  @Override
  public void close() {
    started.set(false);
    timer.close();
    sender.close();
  }
}
