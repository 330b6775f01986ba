package io.kydai.console.messages;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.messages.mail.Email;
import io.kydai.console.messages.mail.EmailAddress;
import io.kydai.console.messages.push.PushSubscription;
import io.kydai.console.messages.rules.Hours;
import io.kydai.console.outbox.Outcome;
import io.kydai.console.outbox.Outcome.Kind;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import io.kydai.streaming.proof.Sha256;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How people want their own messages: channels, quiet hours, the e-mail address, and browsers. A
 * change and its entry in the audit are one transaction. The methods wait for the database, and
 * {@link #sendCode} for the mail server too.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>browsers of a person</td><td>{@value #MAX_BROWSERS}, the next is refused</td></tr>
 * <tr><td>codes to addresses that are to be confirmed</td><td>{@value #MAX_CODES} an hour for each
 *     person, the next is refused</td></tr>
 * <tr><td>wrong codes</td><td>{@value #MAX_TRIES}, after which another one has to be sent</td></tr>
 * </table>
 */
public final class OwnMessages {
  private static final int MAX_BROWSERS = 10;
  private static final int MAX_NAME = 200;
  private static final int MAX_CODES = 5;
  private static final int MAX_TRIES = 5;
  private static final int CODES = 100_000_000;
  private static final Duration CODE_LIFE = Duration.ofMinutes(30);
  private static final Duration CODE_WINDOW = Duration.ofHours(1);

  private final Database database;
  private final MessageSecrets secrets;
  private final MailServers mail;
  private final AuditLog audit;
  private final Clock clock;
  private final Ulids ids;
  private final SecureRandom random = new SecureRandom();

  OwnMessages(
      Database database, MessageSecrets secrets, MailServers mail, AuditLog audit, Clock clock) {
    this.database = requireNonNull(database);
    this.secrets = requireNonNull(secrets);
    this.mail = requireNonNull(mail);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    ids = new Ulids(clock);
  }

  /**
   * What a person chose.
   *
   * @param key the node's public key, with which a browser subscribes
   */
  public record Overview(MessagePreferences preferences, List<Browser> browsers, String key) {
    public Overview {
      browsers = List.copyOf(browsers);
    }
  }

  /** Returns what the person chose. */
  public Overview of(String account) {
    String key = secrets.key().publicKey();
    return database.inSnapshot(
        db ->
            new Overview(PreferenceTable.of(db, account), SubscriptionTable.of(db, account), key));
  }

  /**
   * Changes channels, language and quiet hours.
   *
   * @throws InvalidMessagesException when the language is not known, or quiet hours have no length
   */
  public void choose(
      String account,
      String language,
      boolean byEmail,
      boolean byPush,
      @Nullable Hours quiet,
      Actor actor,
      RequestOrigin origin) {
    if (!language.equals("vi") && !language.equals("en")) {
      throw new InvalidMessagesException("language", "vi or en");
    }
    if (quiet != null && quiet.from().equals(quiet.to())) {
      throw new InvalidMessagesException("quiet", "hours that end at another time than they begin");
    }
    MessagePreferences wanted =
        new MessagePreferences(language, byEmail, byPush, quiet, null, null);
    database.inTransaction(
        db -> {
          Map<String, Object> before = shown(PreferenceTable.of(db, account));
          PreferenceTable.write(db, account, wanted);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.MESSAGES_CHOSEN, actor, origin)
                  .detail("changes", changes(before, shown(wanted))));
          return true;
        });
  }

  private static Map<String, Object> shown(MessagePreferences one) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("language", one.language());
    shown.put("email", one.byEmail());
    shown.put("push", one.byPush());
    Hours quiet = one.quiet();
    shown.put("quiet", quiet == null ? "none" : quiet.from() + "–" + quiet.to());
    return shown;
  }

  private static Map<String, Object> changes(
      Map<String, Object> before, Map<String, Object> after) {
    Map<String, Object> changes = new LinkedHashMap<>();
    before.forEach(
        (key, value) -> {
          if (!value.equals(after.get(key))) {
            changes.put(key, Map.of("before", value, "after", requireNonNull(after.get(key))));
          }
        });
    return changes;
  }

  /**
   * Sends a code to an address that is to be confirmed, and waits for the mail server.
   *
   * @throws InvalidMessagesException when it is no address
   * @throws TooManyCodesException when too many were sent
   */
  public SentTest sendCode(String account, String address) {
    if (!EmailAddress.isOne(address)) {
      throw new InvalidMessagesException("address", "an e-mail address such as lan@example.org");
    }
    Instant now = clock.instant();
    String code = "%08d".formatted(random.nextInt(CODES));
    String language =
        database.inTransaction(
            db -> {
              int sent = PreferenceTable.countCode(db, account, now, now.minus(CODE_WINDOW));
              if (sent > MAX_CODES) {
                throw new TooManyCodesException(MAX_CODES);
              }
              PreferenceTable.setCode(
                  db,
                  account,
                  new PreferenceTable.Code(address, hash(account, code), now.plus(CODE_LIFE), 0));
              return PreferenceTable.of(db, account).language();
            });
    boolean english = language.equals("en");
    String subject = english ? "[Kydai] Your code" : "[Kydai] Mã xác nhận";
    String text =
        (english
                ? "Enter this code on your account's page, within 30 minutes:\n\n%s\n\n"
                    + "If you did not ask for it, do nothing.\n"
                : "Nhập mã này ở trang tài khoản trong vòng 30 phút:\n\n%s\n\n"
                    + "Nếu bạn không yêu cầu, hãy bỏ qua thư này.\n")
            .formatted(code.substring(0, 4) + " " + code.substring(4));
    Outcome outcome =
        mail.send(new Email(address, ids.next(), subject, text, null)).toCompletableFuture().join();
    return new SentTest(outcome.kind() == Kind.DELIVERED, outcome.why());
  }

  private static String hash(String account, String code) {
    return HexFormat.of().formatHex(Sha256.of((account + ":" + code).getBytes(UTF_8)));
  }

  /**
   * Confirms the address that a code was sent to.
   *
   * @throws InvalidMessagesException when the code is not the one, too old, or was tried too often
   */
  public void confirm(String account, String code, Actor actor, RequestOrigin origin) {
    boolean right =
        database.inTransaction(
            db -> {
              Optional<PreferenceTable.Code> sent =
                  PreferenceTable.code(db, account)
                      .filter(one -> one.tries() < MAX_TRIES)
                      .filter(one -> clock.instant().isBefore(one.expiresAt()));
              if (sent.isEmpty()) {
                return false;
              }
              PreferenceTable.Code one = sent.get();
              if (!MessageDigest.isEqual(
                  one.hash().getBytes(UTF_8), hash(account, code).getBytes(UTF_8))) {
                PreferenceTable.setCode(
                    db,
                    account,
                    new PreferenceTable.Code(
                        one.address(), one.hash(), one.expiresAt(), one.tries() + 1));
                return false;
              }
              PreferenceTable.setEmail(db, account, one.address());
              audit.append(db, AuditEvent.of(AuditEventType.EMAIL_CONFIRMED, actor, origin));
              return true;
            });
    if (!right) {
      throw new InvalidMessagesException("code", "the code of the last e-mail");
    }
  }

  /** Removes the address, and one that was to be confirmed. */
  public void removeEmail(String account, Actor actor, RequestOrigin origin) {
    database.inTransaction(
        db -> {
          PreferenceTable.setEmail(db, account, null);
          audit.append(db, AuditEvent.of(AuditEventType.EMAIL_REMOVED, actor, origin));
          return true;
        });
  }

  /**
   * Lets a browser take messages.
   *
   * @param name what it calls itself
   * @throws InvalidMessagesException when the person has too many browsers
   */
  public Browser subscribe(
      String account,
      PushSubscription subscription,
      String name,
      Actor actor,
      RequestOrigin origin) {
    String shown = name.substring(0, Math.min(name.length(), MAX_NAME));
    Browser browser = new Browser(ids.next(), shown, clock.instant());
    String hash = HexFormat.of().formatHex(Sha256.of(subscription.endpoint().getBytes(UTF_8)));
    database.inTransaction(
        db -> {
          SubscriptionTable.insert(db, browser, account, hash, subscription, secrets.cipher());
          if (SubscriptionTable.of(db, account).size() > MAX_BROWSERS) {
            throw new InvalidMessagesException("endpoint", MAX_BROWSERS + " browsers at most");
          }
          audit.append(
              db,
              AuditEvent.of(AuditEventType.BROWSER_SUBSCRIBED, actor, origin)
                  .detail("browser", browser.id()));
          return true;
        });
    return browser;
  }

  /** Removes a browser; returns whether the person had it. */
  public boolean unsubscribe(String account, String browser, Actor actor, RequestOrigin origin) {
    return database.inTransaction(
        db -> {
          if (!SubscriptionTable.delete(db, browser, account)) {
            return false;
          }
          audit.append(
              db,
              AuditEvent.of(AuditEventType.BROWSER_UNSUBSCRIBED, actor, origin)
                  .detail("browser", browser));
          return true;
        });
  }
}
