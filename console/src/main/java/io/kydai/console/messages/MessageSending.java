package io.kydai.console.messages;

import static java.util.Objects.requireNonNull;

import io.kydai.console.incidents.Priority;
import io.kydai.console.messages.mail.Email;
import io.kydai.console.messages.push.PushSender;
import io.kydai.console.messages.push.PushSubscription;
import io.kydai.console.messages.rules.Channel;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.outbox.Destination;
import io.kydai.console.outbox.Outbox;
import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Outcome.Kind;
import io.kydai.console.outbox.RetryTimer;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.console.users.Account;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Duties;
import io.kydai.console.users.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one message to one person by one channel; what quiet hours held is one message together.
 * Whether the person still is to be told is asked now: a right that was taken away, a channel that
 * was turned off, a report that was decided on or a fault that ended since ends it.
 */
final class MessageSending {
  private static final Logger LOG = LoggerFactory.getLogger(MessageSending.class);
  private static final String EMAIL = "email:";
  private static final String PUSH = "push:";
  private static final String PICTURE = "snapshot.jpg";
  private static final int MAX_PICTURE = 2 * 1024 * 1024;

  /** How long a push service keeps a message for a browser that is away. */
  private static final Duration PUSH_LIFE = Duration.ofHours(4);

  private final Database database;
  private final ReportQueue reports;
  private final Duties duties;
  private final RecipientFinder finder;
  private final MessageSecrets secrets;
  private final MailServers mail;
  private final PushSender push;
  private final Surroundings around;
  private final RetryTimer timer;

  MessageSending(
      RetryTimer timer,
      Database database,
      ReportQueue reports,
      Duties duties,
      RecipientFinder finder,
      MessageSecrets secrets,
      MailServers mail,
      PushSender push,
      Surroundings around) {
    this.timer = requireNonNull(timer);
    this.database = requireNonNull(database);
    this.reports = requireNonNull(reports);
    this.duties = requireNonNull(duties);
    this.finder = requireNonNull(finder);
    this.secrets = requireNonNull(secrets);
    this.mail = requireNonNull(mail);
    this.push = requireNonNull(push);
    this.around = requireNonNull(around);
  }

  /** Returns where e-mails of an account go. */
  static Destination email(Account account) {
    return new Destination(EMAIL + account.id(), account.name());
  }

  /** Returns where messages to a browser of an account go. */
  static Destination push(Account account, String browser) {
    return new Destination(PUSH + browser, account.name());
  }

  static Channel channel(Destination destination) {
    return destination.key().startsWith(PUSH) ? Channel.PUSH : Channel.EMAIL;
  }

  private static Outcome dropped(String why) {
    return new Outcome(Kind.DROPPED, why);
  }

  /**
   * Makes an attempt. Waits for the database.
   *
   * @return the outcome, which never completes exceptionally
   */
  CompletionStage<Outcome> attempt(Destination to, Outbox.Waiting event, Instant now) {
    MessageBody body = MessageBody.of(event.body());
    Optional<Account> account = duties.account(body.account());
    if (account.isEmpty()) {
      return done(dropped("the account is gone"));
    }
    List<DigestText.Matter> matters = new ArrayList<>();
    String why = "";
    for (MessageBody.Item item : body.items()) {
      Report report = reports.find(ReportId.of(item.report())).orElse(null);
      String over = over(item, account.get(), report);
      if (report != null && over.isEmpty()) {
        matters.add(new DigestText.Matter(item.occasion(), report));
      } else {
        why = over;
      }
    }
    if (matters.isEmpty()) {
      return done(dropped(why));
    }
    MessagePreferences wanted =
        database.inSnapshot(db -> PreferenceTable.of(db, account.get().id().value()));
    if (!RecipientFinder.wants(wanted, channel(to))) {
      return done(dropped("the person does not take messages this way"));
    }
    MessageText text = text(matters, account.get(), wanted.language());
    return channel(to) == Channel.EMAIL
        ? email(event, body, matters, wanted.email(), text)
        : push(to, event, account.get(), matters, text.push(event.event(), wanted.language()), now);
  }

  /** Returns why somebody is not told of something any more; empty where he is. */
  private String over(MessageBody.Item item, Account account, @Nullable Report report) {
    if (report == null) {
      return "the report is gone";
    }
    if (isOver(item, report)) {
      return item.occasion() == Occasion.CAMERA_FAULT
          ? "the fault has ended"
          : "the report was decided on";
    }
    CameraPlace place = around.places().apply(report.origin().camera());
    return finder.maySee(account, place, report) ? "" : "the account may not see the report";
  }

  private MessageText text(List<DigestText.Matter> matters, Account account, String language) {
    if (matters.size() > 1) {
      return DigestText.of(matters, isOfficerOnly(account), language, around.console().get());
    }
    DigestText.Matter one = matters.get(0);
    return MessageText.of(
        one.occasion(),
        one.report(),
        around.cameras().apply(one.report().origin().camera()).orElse(null),
        isOfficerOnly(account),
        language,
        around.zone(),
        around.console().get());
  }

  private static CompletionStage<Outcome> done(Outcome outcome) {
    return CompletableFuture.completedFuture(outcome);
  }

  /** Returns whether nobody has to hear of it any more. */
  static boolean isOver(MessageBody.Item item, Report report) {
    ReportState state = report.handling().state();
    if (item.occasion() == Occasion.CAMERA_FAULT) {
      return report.times().endedAt() != null;
    }
    if (item.occasion() == Occasion.INCIDENT) {
      return state == ReportState.REJECTED
          || state == ReportState.RESOLVED
          || state == ReportState.CLOSED
          || state == ReportState.MAINTENANCE;
    }
    boolean elsewhere =
        item.occasion() == Occasion.ASSIGNED
            && !Objects.equals(item.agency(), report.handling().agency());
    return elsewhere
        || switch (state) {
          case REJECTED, RESOLVED, RETURNED, CLOSED, MAINTENANCE -> true;
          case RECEIVED, SECOND_REVIEW, VERIFIED, ASSIGNED, IN_PROGRESS -> false;
        };
  }

  private boolean isOfficerOnly(Account account) {
    return duties.roles(account).stream().allMatch(role -> role == Role.AGENCY_OFFICER);
  }

  private CompletionStage<Outcome> email(
      Outbox.Waiting event,
      MessageBody body,
      List<DigestText.Matter> matters,
      @Nullable String address,
      MessageText text) {
    boolean one = matters.size() == 1 && matters.get(0).occasion() == Occasion.INCIDENT;
    byte[] picture = body.picture() && one ? picture(matters.get(0).report()) : null;
    return mail.send(
        new Email(
            requireNonNull(address),
            event.event() + "." + body.account(),
            "[Kydai] " + text.subject(),
            text.email(),
            picture));
  }

  private byte @Nullable [] picture(Report report) {
    boolean known = report.evidence().stream().anyMatch(item -> item.name().equals(PICTURE));
    Optional<Path> file =
        known ? around.evidence().apply(report.origin().alert(), PICTURE) : Optional.empty();
    if (file.isEmpty()) {
      return null;
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      byte[] bytes = in.readNBytes(MAX_PICTURE + 1);
      return bytes.length > MAX_PICTURE
          ? null
          : around.leaving().apply(report.origin().camera(), bytes);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("report {}: its picture cannot be read, the e-mail goes without it", report.id(), e);
      return null;
    }
  }

  private CompletionStage<Outcome> push(
      Destination to,
      Outbox.Waiting event,
      Account account,
      List<DigestText.Matter> matters,
      String text,
      Instant now) {
    String browser = to.key().substring(PUSH.length());
    String owner = account.id().value();
    Optional<PushSubscription> subscription =
        database.inSnapshot(db -> SubscriptionTable.find(db, browser, owner, secrets.cipher()));
    if (subscription.isEmpty()) {
      return done(dropped("the browser is not subscribed any more"));
    }
    boolean urgent = matters.stream().anyMatch(one -> one.priority() == Priority.URGENT);
    return push.send(
            subscription.get(), new PushSender.Push(text, event.event(), urgent, PUSH_LIFE), now)
        .thenCompose(
            outcome -> PushSender.isGone(outcome) ? gone(outcome, browser, owner) : done(outcome));
  }

  /** The push service's answer comes on a thread that must not wait for the database. */
  private CompletionStage<Outcome> gone(Outcome outcome, String browser, String account) {
    CompletableFuture<Outcome> forgotten = new CompletableFuture<>();
    timer.after(
        Duration.ZERO,
        () -> {
          try {
            forget(browser, account);
            forgotten.complete(dropped(outcome.why()));
          } catch (StoreException e) {
            LOG.error("a browser of account {} cannot be forgotten", account, e);
            forgotten.complete(new Outcome(Kind.FAILED, outcome.why()));
          }
        });
    return forgotten;
  }

  /** A push service that says so knows that the browser will never ask again. */
  private void forget(String browser, String account) {
    boolean had = database.inTransaction(db -> SubscriptionTable.delete(db, browser, account));
    if (had) {
      LOG.info("a browser of account {} does not take messages any more", account);
    }
  }
}
