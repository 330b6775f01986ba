package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.Ulids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The log-ins that last. A session ends when it was not used for {@link Limits#idle}, at its
 * absolute end, when its owner ends it, and when its account is changed in any way.
 *
 * <p>An account has {@value #MAX_OF_ACCOUNT} sessions at most: a further one ends the one that was
 * used longest ago. Any thread; a beginning and an end wait for the disk, {@link #find} does not.
 * {@link LogIns} finds out who somebody is.
 */
public final class Sessions {
  static final int MAX_OF_ACCOUNT = 20;
  private static final int MAX_AGENT = 200;

  /** The method of a log-in by a provider, which asks for a second factor itself. */
  public static final String OIDC = "oidc";

  /** The time of the last use is no more exact, as one request asks for its rights many times. */
  private static final Duration USE_INTERVAL = Duration.ofSeconds(1);

  private static final Duration WRITE_INTERVAL = Duration.ofMinutes(1);

  /**
   * @param idle the time after which a session that is not used ends
   * @param absolute the time after which every session ends
   */
  public record Limits(Duration idle, Duration absolute) {
    /** Eight hours without use, a day in all: longer than a shift. */
    public static final Limits USUAL = new Limits(Duration.ofHours(8), Duration.ofHours(24));
  }

  /** Checks the second factor of an account at a log-in. */
  @FunctionalInterface
  public interface SecondFactor {
    /** No account has a second factor. */
    SecondFactor NONE = (account, code, origin) -> Optional.of(SecondFactor.NOT_NEEDED);

    /** The name of the factor of an account that has none. */
    String NOT_NEEDED = "none";

    /**
     * @param code as the client gave it; null where it gave none
     * @return the factor that was used, as the audit names it; empty where the code is wrong
     * @throws SecondFactorNeededException when a code is needed and none was given
     */
    Optional<String> accept(Account account, @Nullable String code, RequestOrigin origin);

    /**
     * Returns whether an account needs a second factor and has none, so that its log-ins by
     * password may do nothing but add one. Must not wait.
     */
    default boolean isMissing(Account account) {
      return false;
    }
  }

  /**
   * A session that began, with the secret for its cookie, which is given out this once.
   *
   * @param caller the person, by this session
   */
  public record Started(LogInSession session, String secret, Caller caller) {
    @Override
    public String toString() {
      return "Started[" + session.id() + "]";
    }
  }

  private final Database database;
  private final Directory directory;
  private final AuditLog audit;
  private final Clock clock;
  private final Limits limits;
  private final SecondFactor secondFactor;
  private final Ulids ids;
  private final Map<String, LogInSession> sessions = new ConcurrentHashMap<>();
  private final Map<AccountId, Instant> tokensUsed = new ConcurrentHashMap<>();
  private volatile Instant written;
  private volatile long version;

  /** Reads the sessions that outlived the process before. */
  public Sessions(
      Database database,
      Directory directory,
      AuditLog audit,
      Clock clock,
      Limits limits,
      SecondFactor secondFactor) {
    this.database = requireNonNull(database);
    this.directory = requireNonNull(directory);
    this.audit = requireNonNull(audit);
    this.clock = requireNonNull(clock);
    this.limits = requireNonNull(limits);
    this.secondFactor = requireNonNull(secondFactor);
    ids = new Ulids(clock);
    written = clock.instant();
    version = directory.now().version();
    sessions.putAll(database.inSnapshot(SessionTable::load));
  }

  /**
   * Begins a session of somebody whose identity was checked.
   *
   * @param account as it is now
   * @param method how the identity was checked, as the audit names it
   * @param factor the second factor that was used, as the audit names it; null where it is not
   *     known here, as with a provider
   */
  public Started start(
      Account account,
      String method,
      @Nullable String factor,
      String userAgent,
      RequestOrigin origin) {
    RandomSecret secret = RandomSecret.generate();
    Instant now = clock.instant();
    LogInSession session =
        new LogInSession(
            new AccountId(ids.next()),
            account.id(),
            account.version(),
            RandomSecret.generate().text(),
            now,
            now,
            now.plus(limits.absolute()),
            origin.address() == null ? "" : origin.address(),
            userAgent.length() > MAX_AGENT ? userAgent.substring(0, MAX_AGENT) : userAgent,
            method);
    List<LogInSession> excess = excess(account.id());
    String hash = RandomSecret.hash(secret.text());
    Actor actor = new Actor(Actor.Kind.ACCOUNT, account.id().value(), account.name());
    database.inTransaction(
        db -> {
          excess.forEach(old -> SessionTable.delete(db, old.id()));
          SessionTable.insert(db, session, hash);
          audit.append(
              db,
              AuditEvent.of(AuditEventType.SESSION_STARTED, actor, origin)
                  .detail("session", session.id().value())
                  .detail("method", method)
                  .detail("second-factor", factor));
          return session;
        });
    excess.forEach(old -> sessions.values().removeIf(one -> one.id().equals(old.id())));
    sessions.put(hash, session);
    return new Started(session, secret.text(), caller(account, session, hash));
  }

  private List<LogInSession> excess(AccountId account) {
    List<LogInSession> known = new ArrayList<>(of(account));
    known.sort(Comparator.comparing(LogInSession::lastUsedAt));
    return known.subList(0, Math.max(0, known.size() - MAX_OF_ACCOUNT + 1));
  }

  /** Returns the sessions of an account that last, the newest first. */
  public List<LogInSession> of(AccountId account) {
    return sessions.values().stream()
        .filter(session -> session.account().equals(account) && lasts(session))
        .sorted(Comparator.comparing((LogInSession one) -> one.id().value()).reversed())
        .toList();
  }

  private boolean lasts(LogInSession session) {
    Instant now = clock.instant();
    return now.isBefore(session.expiresAt())
        && now.isBefore(session.lastUsedAt().plus(limits.idle()))
        && directory
            .now()
            .account(session.account())
            .filter(account -> account.enabled() && account.version() == session.accountVersion())
            .isPresent();
  }

  /**
   * Returns the person that a cookie's secret belongs to, and counts that as a use of the session;
   * empty when there is no session of it that lasts.
   */
  public Optional<Caller> find(String secret) {
    String hash = RandomSecret.hash(secret);
    LogInSession session = sessions.get(hash);
    if (session == null || !lasts(session)) {
      return Optional.empty();
    }
    use(hash, session);
    return directory.now().account(session.account()).map(one -> caller(one, session, hash));
  }

  private void use(String hash, LogInSession session) {
    Instant now = clock.instant();
    if (!now.isBefore(session.lastUsedAt().plus(USE_INTERVAL))) {
      sessions.computeIfPresent(hash, (key, known) -> known.usedAt(now));
    }
  }

  /** A caller who asks again uses the session: an open wall is no idle one. */
  private Caller caller(Account account, LogInSession session, String hash) {
    return Caller.of(
        account,
        session,
        directory,
        () -> {
          LogInSession now = sessions.get(hash);
          if (now == null || !lasts(now)) {
            return false;
          }
          use(hash, now);
          return true;
        },
        now -> !isFactorMissing(now, session));
  }

  /** Returns whether a session may do nothing until its account has a second factor. */
  public boolean isFactorMissing(Account account, LogInSession session) {
    return !session.method().equals(OIDC) && secondFactor.isMissing(account);
  }

  /** Returns the program that a token belongs to; empty when it is unknown or has expired. */
  public Optional<Caller> findToken(String secret) {
    String hash = RandomSecret.hash(secret);
    ApiToken token = directory.now().tokens().get(hash);
    if (token == null) {
      return Optional.empty();
    }
    Caller caller = Caller.of(token, hash, directory);
    if (!caller.valid()) {
      return Optional.empty();
    }
    tokensUsed.put(token.id(), clock.instant());
    return Optional.of(caller);
  }

  /**
   * Ends a session of an account.
   *
   * @param cause why, as the audit names it
   * @throws UnknownPeopleException when the account has no such session
   */
  public void end(
      AccountId account, String session, String cause, Actor actor, RequestOrigin origin) {
    LogInSession known =
        of(account).stream()
            .filter(one -> one.id().value().equals(session))
            .findFirst()
            .orElseThrow(() -> new UnknownPeopleException("session", session));
    database.inTransaction(
        db -> {
          SessionTable.delete(db, known.id());
          audit.append(
              db,
              AuditEvent.of(AuditEventType.SESSION_ENDED, actor, origin)
                  .detail("session", known.id().value())
                  .detail("account", account.value())
                  .detail("cause", cause));
          return known;
        });
    sessions.values().removeIf(one -> one.id().equals(known.id()));
  }

  /**
   * Takes over what another process changed, forgets the sessions that ended, and once a minute
   * writes when sessions and tokens were last used. To be called once or twice a second.
   */
  public void tick() {
    directory.refresh();
    if (directory.now().version() != version) {
      version = directory.now().version();
      Map<String, LogInSession> stored = database.inSnapshot(SessionTable::load);
      sessions.keySet().retainAll(stored.keySet());
      stored.forEach(sessions::putIfAbsent);
    }
    Instant now = clock.instant();
    if (now.isBefore(written.plus(WRITE_INTERVAL))) {
      return;
    }
    Instant since = written;
    written = now;
    List<LogInSession> ended = sessions.values().stream().filter(one -> !lasts(one)).toList();
    List<LogInSession> used =
        sessions.values().stream().filter(one -> one.lastUsedAt().isAfter(since)).toList();
    Map<AccountId, Instant> tokens = Map.copyOf(tokensUsed);
    if (!ended.isEmpty() || !used.isEmpty() || !tokens.isEmpty()) {
      database.inTransaction(
          db -> {
            ended.forEach(one -> SessionTable.delete(db, one.id()));
            SessionTable.used(db, used);
            tokens.forEach((token, at) -> PeopleTable.tokenUsed(db, token, at));
            return true;
          });
    }
    sessions.values().removeAll(ended);
    tokens.forEach(tokensUsed::remove);
  }
}
