package io.kydai.console.messages;

import static java.util.Objects.requireNonNull;

import io.kydai.console.messages.rules.Channel;
import io.kydai.console.messages.rules.MessageRules;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.messages.rules.Shifts;
import io.kydai.console.outbox.Destination;
import io.kydai.console.outbox.DestinationDelivery;
import io.kydai.console.outbox.Outbox;
import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Retries;
import io.kydai.console.outbox.RetryTimer;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.console.users.CameraPlace;
import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who is told, and delivers.
 *
 * <ul>
 *   <li>That something was decided on, and the messages in the outbox, are one transaction: after a
 *       crash either all of it is there or nothing, so that nobody is told twice of the same.
 *   <li>A message leaves the outbox after its server accepted it. A process that ends between the
 *       two sends it once more: each message reaches each person at least once, with the same id,
 *       by which mail readers and browsers show it once; otherwise it becomes a dead letter.
 *   <li>What quiet hours held leaves as one message for each person and channel when they end.
 * </ul>
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>attempts at once</td><td>{@value #MAX_UNDER_WAY}; of each person and channel one</td></tr>
 * <tr><td>what waits for a clip</td><td>10,000; further ones are not told</td></tr>
 * <tr><td>messages that wait for a person and channel</td><td>{@value #MAX_PENDING}; the oldest
 *     becomes a dead letter</td></tr>
 * </table>
 *
 * <p>All work is on the timer's thread.
 */
final class MessageDispatcher {
  static final int MAX_PENDING = 200;
  static final Retries RETRIES = new Retries(Duration.ofHours(36), Duration.ofDays(9));
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final int MAX_UNDER_WAY = 8;
  private static final int BATCH = 100;
  private static final Logger LOG = LoggerFactory.getLogger(MessageDispatcher.class);

  private final Database database;
  private final ReportQueue reports;
  private final DeskSettings settings;
  private final Outbox outbox;
  private final RecipientFinder finder;
  private final MessageSending sending;
  private final Function<CameraId, CameraPlace> places;
  private final RetryTimer timer;
  private final Clock clock;
  private final Map<Channel, MessageCounters> counters = new EnumMap<>(Channel.class);
  private final Map<String, DestinationDelivery> deliveries = new HashMap<>();

  /** Attempts that wait for others to end; at most one for each destination. */
  private final Queue<Runnable> held = new ArrayDeque<>();

  private final AtomicBoolean looking = new AtomicBoolean();
  private int underWay;
  private Instant forgotAt = Instant.EPOCH;
  private volatile int waiting;
  private volatile boolean started;

  /**
   * @param places finds where a camera stands, also one that was removed
   */
  MessageDispatcher(
      Database database,
      ReportQueue reports,
      DeskSettings settings,
      Outbox outbox,
      RecipientFinder finder,
      MessageSending sending,
      Function<CameraId, CameraPlace> places,
      RetryTimer timer,
      Clock clock,
      MeterRegistry metrics) {
    this.database = requireNonNull(database);
    this.reports = requireNonNull(reports);
    this.settings = requireNonNull(settings);
    this.outbox = requireNonNull(outbox);
    this.finder = requireNonNull(finder);
    this.sending = requireNonNull(sending);
    this.places = requireNonNull(places);
    this.timer = requireNonNull(timer);
    this.clock = requireNonNull(clock);
    for (Channel channel : Channel.values()) {
      counters.put(channel, new MessageCounters(channel, metrics));
    }
    Gauge.builder("kydai.console.messages.waiting", this, one -> one.waiting)
        .description("Messages that wait for delivery, those of quiet hours too")
        .register(metrics);
  }

  void start() {
    started = true;
    every();
  }

  private void every() {
    try {
      look();
    } finally {
      timer.after(LOOK, this::every);
    }
  }

  /** Has somebody look soon; any thread, must not wait. */
  void wake() {
    if (started && looking.compareAndSet(false, true)) {
      timer.after(
          SOON,
          () -> {
            looking.set(false);
            look();
          });
    }
  }

  private void look() {
    try {
      Instant now = clock.instant();
      List<PendingMessage> due = database.inSnapshot(db -> MessageTable.due(db, now, BATCH));
      for (PendingMessage message : due) {
        decide(message, now);
      }
      if (due.size() == BATCH) {
        wake();
      }
      deliveries.values().removeIf(DestinationDelivery::isIdle);
      for (Destination destination : outbox.due(now, RETRIES.hold())) {
        deliveries.computeIfAbsent(destination.key(), key -> delivery(destination)).pump();
      }
      waiting = outbox.count(false);
      if (!now.isBefore(forgotAt.plus(FORGET))) {
        forgotAt = now;
        database.inTransaction(
            db -> {
              MessageTable.forget(db, now.minus(MessageTable.KEPT));
              return true;
            });
      }
    } catch (StoreException e) {
      LOG.error("messages cannot be looked at; the next look is in {} s", LOOK.toSeconds(), e);
    }
  }

  private void decide(PendingMessage message, Instant now) {
    Optional<Report> report = reportOf(message);
    if (report.isEmpty()) {
      settle(message, message.report().value(), List.of(), false, now);
      return;
    }
    MessageRules rules = settings.get(MessageRules.SETTING).value();
    CameraPlace place = places.apply(report.get().origin().camera());
    List<RecipientFinder.Told> told =
        finder.find(message, report.get(), place, rules, settings.get(Shifts.SETTING).value(), now);
    settle(message, report.get().id().value(), told, rules.pictures(), now);
  }

  /** Returns the report to tell of; empty where nobody has to hear of it any more. */
  private Optional<Report> reportOf(PendingMessage message) {
    Optional<Report> report = reports.find(message.report());
    if (message.occasion() == Occasion.INCIDENT
        && report.filter(one -> one.handling().state() == ReportState.REJECTED).isPresent()) {
      @Nullable String incident = report.get().handling().incident();
      return database.inSnapshot(db -> MessageTable.toCheck(db, incident)).flatMap(reports::find);
    }
    return report.filter(
        one ->
            !MessageSending.isOver(
                new MessageBody.Item(message.occasion(), one.id().value(), message.agency()), one));
  }

  private static MessageBody body(
      PendingMessage message,
      RecipientFinder.Told told,
      String report,
      boolean pictures,
      Instant now) {
    return new MessageBody(
        told.account().id().value(),
        message.occasion(),
        report,
        message.agency(),
        pictures && message.occasion() == Occasion.INCIDENT,
        told.due().isAfter(now),
        null);
  }

  private void settle(
      PendingMessage message,
      String report,
      List<RecipientFinder.Told> told,
      boolean pictures,
      Instant now) {
    database.inTransaction(
        db -> {
          if (!MessageTable.settle(db, message, !told.isEmpty())) {
            return false;
          }
          for (RecipientFinder.Told one : told) {
            String text = body(message, one, report, pictures, now).json();
            for (Destination to : destinations(db, one)) {
              int dead =
                  outbox.add(
                      db,
                      to,
                      message.id(),
                      message.occasion().name(),
                      ReportId.of(report),
                      text,
                      one.due());
              counter(to).dead(dead);
            }
          }
          return true;
        });
  }

  private static List<Destination> destinations(Handle db, RecipientFinder.Told told) {
    return switch (told.channel()) {
      case EMAIL -> List.of(MessageSending.email(told.account()));
      case PUSH ->
          SubscriptionTable.of(db, told.account().id().value()).stream()
              .map(browser -> MessageSending.push(told.account(), browser.id()))
              .toList();
    };
  }

  private MessageCounters counter(Destination to) {
    return requireNonNull(counters.get(MessageSending.channel(to)));
  }

  private DestinationDelivery delivery(Destination to) {
    return new DestinationDelivery(
        to, outbox, RETRIES, (event, now) -> attempt(to, event, now), timer, clock, counter(to));
  }

  private CompletionStage<Outcome> attempt(Destination to, Outbox.Waiting event, Instant now) {
    if (underWay >= MAX_UNDER_WAY) {
      CompletableFuture<Outcome> later = new CompletableFuture<>();
      held.add(() -> begin(to, event, clock.instant()).thenAccept(later::complete));
      return later;
    }
    return begin(to, event, now);
  }

  private CompletionStage<Outcome> begin(Destination to, Outbox.Waiting event, Instant now) {
    underWay++;
    CompletionStage<Outcome> outcome;
    try {
      outcome = sending.attempt(to, released(to, event, now), now);
    } catch (RuntimeException e) {
      LOG.error("message {} to {} cannot be sent", event.event(), to.shown(), e);
      outcome =
          CompletableFuture.completedFuture(
              new Outcome(Outcome.Kind.FAILED, e.getClass().getSimpleName()));
    }
    return outcome.whenComplete((done, failure) -> timer.after(Duration.ZERO, this::ended));
  }

  /**
   * Takes a message that quiet hours held out of them, together with the others of that person and
   * channel whose time has come, in one transaction before the first attempt. From then on it stays
   * as it is: whoever gets it twice, as after a crash, gets the same.
   */
  private Outbox.Waiting released(Destination to, Outbox.Waiting event, Instant now) {
    MessageBody body = MessageBody.of(event.body());
    if (!body.held()) {
      return event;
    }
    return database.inTransaction(
        db -> {
          Map<String, MessageBody> others = new LinkedHashMap<>();
          for (Outbox.Waiting other : outbox.due(db, to, now)) {
            MessageBody held = MessageBody.of(other.body());
            if (held.held() && !other.event().equals(event.event())) {
              others.put(other.event(), held);
            }
          }
          String json = body.released(List.copyOf(others.values())).json();
          outbox.fold(db, to, event.event(), json, List.copyOf(others.keySet()));
          return new Outbox.Waiting(
              event.event(), json, event.created(), event.attempts(), event.due());
        });
  }

  private void ended() {
    underWay--;
    Runnable next = held.poll();
    if (next != null) {
      next.run();
    }
  }
}
