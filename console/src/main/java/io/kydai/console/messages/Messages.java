package io.kydai.console.messages;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.messages.mail.Email;
import io.kydai.console.messages.mail.EmailAddress;
import io.kydai.console.messages.mail.MailServer;
import io.kydai.console.messages.push.PushAddresses;
import io.kydai.console.messages.push.PushSender;
import io.kydai.console.outbox.DeadLetter;
import io.kydai.console.outbox.Outbox;
import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Outcome.Kind;
import io.kydai.console.outbox.Replay;
import io.kydai.console.outbox.RetryTimer;
import io.kydai.console.outbox.ThreadRetryTimer;
import io.kydai.console.reports.ReportListener;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.Versioned;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.console.users.Duties;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Messages to people. Nothing is sent before {@link #start}. */
public final class Messages implements AutoCloseable {
  private static final Duration PUSH_LIMIT = Duration.ofSeconds(20);
  private static final int MAX_LETTERS = 50;

  private final Database database;
  private final DeskSettings settings;
  private final AuditLog audit;
  private final MessageSecrets secrets;
  private final MailServers mail;
  private final PushSender push;
  private final OwnMessages own;
  private final Outbox outbox;
  private final RetryTimer timer;
  private final MessageDispatcher dispatcher;
  private final Ulids ids;
  private final Clock clock;
  private final Semaphore tests = new Semaphore(1);

  /**
   * How messages leave.
   *
   * @param addresses which push services may be asked
   * @param options of the connections to them
   */
  public record Ways(PushAddresses addresses, HttpClientOptions options) {
    /** The product's. */
    public static final Ways USUAL = new Ways(PushAddresses.usual(), new HttpClientOptions());
  }

  /** Creates the messages of a report queue, with a thread of their own. */
  public Messages(
      Vertx vertx,
      Database database,
      SecretsCipher cipher,
      ReportQueue reports,
      DeskSettings settings,
      Duties duties,
      Surroundings around,
      AuditLog audit,
      Clock clock,
      MeterRegistry metrics) {
    this(
        vertx,
        database,
        cipher,
        reports,
        settings,
        duties,
        around,
        audit,
        clock,
        metrics,
        new ThreadRetryTimer("messages"),
        Ways.USUAL);
  }

  Messages(
      Vertx vertx,
      Database database,
      SecretsCipher cipher,
      ReportQueue reports,
      DeskSettings settings,
      Duties duties,
      Surroundings around,
      AuditLog audit,
      Clock clock,
      MeterRegistry metrics,
      RetryTimer timer,
      Ways ways) {
    this.database = requireNonNull(database);
    this.settings = requireNonNull(settings);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    this.timer = requireNonNull(timer);
    ids = new Ulids(clock);
    secrets = new MessageSecrets(database, cipher);
    mail = new MailServers(vertx, settings, secrets);
    push =
        new PushSender(
            vertx,
            ways.options(),
            ways.addresses(),
            secrets::key,
            () -> contact(around.console().get()),
            PUSH_LIMIT);
    own = new OwnMessages(database, secrets, mail, audit, clock);
    outbox = new Outbox(database, Outbox.Kind.MESSAGES, clock, MessageDispatcher.MAX_PENDING);
    RecipientFinder finder =
        new RecipientFinder(
            duties,
            account -> database.inSnapshot(db -> PreferenceTable.of(db, account.id().value())),
            around.zone());
    dispatcher =
        new MessageDispatcher(
            database,
            reports,
            settings,
            outbox,
            finder,
            new MessageSending(
                timer, database, reports, duties, finder, secrets, mail, push, around),
            around.places(),
            timer,
            clock,
            metrics);
    reports.listen(listener());
  }

  private ReportListener listener() {
    return report -> dispatcher.wake();
  }

  /** Returns where push services may ask who this is: the sender of e-mails, or the console. */
  private String contact(URI console) {
    MailServer server = settings.get(MailServer.SETTING).value();
    return server.sends() ? "mailto:" + server.from() : console.toString();
  }

  /** Starts to send, beginning with what an earlier process left. */
  public void start() {
    timer.after(Duration.ZERO, dispatcher::start);
  }

  /** Returns what people choose themselves. */
  public OwnMessages own() {
    return own;
  }

  /** The mail server, without its password. */
  public record Mail(Versioned<MailServer> server, boolean hasPassword) {}

  /** Returns the mail server. */
  public Mail mailServer() {
    return new Mail(settings.get(MailServer.SETTING), secrets.hasPassword());
  }

  /**
   * Replaces the mail server.
   *
   * @param password null where it stays as it is; empty where there is none any more
   * @param seen the version that the caller read
   */
  public Mail replaceMailServer(
      MailServer server, @Nullable String password, long seen, Actor actor, RequestOrigin origin) {
    Versioned<MailServer> replaced =
        settings.replace(
            MailServer.SETTING,
            server,
            seen,
            actor,
            origin,
            db -> {
              if (password != null) {
                secrets.setPassword(db, password);
                audit.append(
                    db,
                    AuditEvent.of(AuditEventType.MAIL_PASSWORD_CHANGED, actor, origin)
                        .detail("set", !password.isEmpty()));
              }
            });
    return new Mail(replaced, secrets.hasPassword());
  }

  /**
   * Sends an e-mail that only tests, and waits for the mail server.
   *
   * @return empty when another test is under way
   * @throws InvalidMessagesException when it is no address
   */
  public Optional<SentTest> testMail(String address, Actor actor, RequestOrigin origin) {
    if (!EmailAddress.isOne(address)) {
      throw new InvalidMessagesException("to", "an e-mail address such as lan@example.org");
    }
    if (!tests.tryAcquire()) {
      return Optional.empty();
    }
    Outcome outcome;
    try {
      outcome =
          mail.send(
                  new Email(
                      address,
                      ids.next(),
                      "[Kydai] Thư thử · Test",
                      "Máy chủ thư hoạt động.\nThe mail server works.\n",
                      null))
              .toCompletableFuture()
              .join();
    } finally {
      tests.release();
    }
    boolean accepted = outcome.kind() == Kind.DELIVERED;
    MailServer server = settings.get(MailServer.SETTING).value();
    audit.append(
        AuditEvent.of(AuditEventType.MAIL_TESTED, actor, origin)
            .detail("server", server.host() + ":" + server.port())
            .detail("outcome", accepted ? "ok" : outcome.why()));
    return Optional.of(new SentTest(accepted, outcome.why()));
  }

  /**
   * How deliveries are.
   *
   * @param clips how many wait for their clip
   * @param waiting how many wait for delivery, those of quiet hours too
   * @param dead how many were given up
   * @param letters the newest of those, at most {@value #MAX_LETTERS}
   */
  public record State(int clips, int waiting, int dead, List<DeadLetter> letters) {
    public State {
      letters = List.copyOf(letters);
    }
  }

  /** Returns how deliveries are. */
  public State state() {
    return new State(
        database.inSnapshot(MessageTable::waiting),
        outbox.count(false),
        outbox.count(true),
        outbox.deadLetters(MAX_LETTERS, "").letters());
  }

  /**
   * Lets messages that were given up wait for delivery again. They leave at once, also in quiet
   * hours; of what was decided on meanwhile nobody is told.
   *
   * @param message the id of the only message; null for all
   */
  public Replay replay(@Nullable String message, Actor actor, RequestOrigin origin) {
    Replay replay =
        database.inTransaction(
            db -> {
              Replay done = Replay.of(db, outbox, message, clock.instant());
              if (done.replayed() > 0) {
                audit.append(
                    db,
                    AuditEvent.of(AuditEventType.MESSAGES_REPLAYED, actor, origin)
                        .detail("message", message)
                        .detail("messages", done.replayed()));
              }
              return done;
            });
    dispatcher.wake();
    return replay;
  }

  /** Aborts the attempts under way, which the next process repeats. */
  @Override
  public void close() {
    timer.close();
    push.close();
    mail.close();
  }
}
