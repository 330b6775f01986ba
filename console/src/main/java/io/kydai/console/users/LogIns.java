package io.kydai.console.users;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets people in by password and second factor, and programs by token; {@link Sessions} is what
 * they have afterwards. Guessing is slowed by {@link LoginThrottle}, and a refusal is audited. Any
 * thread; a call waits for a password's hash and for the disk.
 */
public final class LogIns {
  private static final String PASSWORD = "password";
  private static final String RTSP = "rtsp";

  private final Sessions sessions;
  private final Directory directory;
  private final AuditLog audit;
  private final Sessions.SecondFactor secondFactor;
  private final LoginThrottle throttle;

  /** An unknown name takes as long as a known one by it. */
  private final String hashOfNoOne;

  /**
   * Creates the way in.
   *
   * @param secondFactor as the sessions have it
   */
  public LogIns(
      Sessions sessions,
      Directory directory,
      AuditLog audit,
      Sessions.SecondFactor secondFactor,
      Clock clock) {
    this.sessions = requireNonNull(sessions);
    this.directory = requireNonNull(directory);
    this.audit = requireNonNull(audit);
    this.secondFactor = requireNonNull(secondFactor);
    throttle = new LoginThrottle(clock);
    hashOfNoOne = directory.hashOfNoOne();
  }

  /**
   * Logs a person in by name and password.
   *
   * @param code of the second factor; null where none was given
   * @param userAgent what the client calls itself; cut as {@link Sessions#start} does
   * @throws LogInRefusedException when name, password or code is wrong, the account is disabled, or
   *     there were too many attempts
   * @throws SecondFactorNeededException when name and password are right and a code is needed
   */
  public Sessions.Started logIn(
      String name, String password, @Nullable String code, String userAgent, RequestOrigin origin) {
    Account account = identify(name, password, origin);
    String factor =
        secondFactor
            .accept(account, code, origin)
            .orElseThrow(() -> refused(account.name(), account, PASSWORD, "second-factor", origin));
    throttle.succeeded(account.name());
    return sessions.start(account, PASSWORD, factor, userAgent, origin);
  }

  /**
   * Returns the account of a name and password, which alone are no log-in: the account's second
   * factor is to be asked for.
   *
   * @throws LogInRefusedException as {@link #logIn}
   */
  public Account identify(String name, String password, RequestOrigin origin) {
    String address = address(origin);
    Duration wait = throttle.wait(name, address);
    if (!wait.isZero()) {
      throw new LogInRefusedException(wait);
    }
    Optional<Account> account = directory.accountNamed(name);
    String hash = account.flatMap(one -> directory.passwordHash(one.id())).orElse(hashOfNoOne);
    boolean right =
        password.length() <= PasswordPolicy.LONGEST * 2
            && Passwords.matches(password, hash)
            && account.filter(Account::enabled).isPresent();
    if (!right) {
      throw refused(name, account.orElse(null), PASSWORD, "credentials", origin);
    }
    return account.orElseThrow();
  }

  private static String address(RequestOrigin origin) {
    return origin.address() == null ? "" : origin.address();
  }

  private LogInRefusedException refused(
      String name, @Nullable Account account, String method, String cause, RequestOrigin origin) {
    throttle.failed(name, address(origin));
    audit.append(
        AuditEvent.of(AuditEventType.SESSION_REFUSED, Actor.anonymous(name), origin)
            .detail("method", method)
            .detail("cause", cause)
            .detail("account", account == null ? null : account.id().value()));
    return new LogInRefusedException(Duration.ZERO);
  }

  /**
   * Records that a second factor was refused, and slows the next attempt.
   *
   * @param account null where it is not known
   * @param method as {@link Sessions#start}
   * @return the exception to answer with
   */
  public LogInRefusedException refusedFactor(
      @Nullable Account account, String method, RequestOrigin origin) {
    return refused(account == null ? "" : account.name(), account, method, "second-factor", origin);
  }

  /**
   * Begins a session of somebody whose password and second factor were checked, and ends the
   * slowing of the attempts.
   *
   * @param factor the second factor, as the audit names it
   */
  public Sessions.Started startChecked(
      Account account, String method, String factor, String userAgent, RequestOrigin origin) {
    throttle.succeeded(account.name());
    return sessions.start(account, method, factor, userAgent, origin);
  }

  /**
   * Checks the password of somebody who is logged in, as slowly as a log-in.
   *
   * @throws LogInRefusedException when it is wrong, or there were too many attempts
   */
  public void checkPassword(Account account, String password, RequestOrigin origin) {
    String address = address(origin);
    Duration wait = throttle.wait(account.name(), address);
    if (!wait.isZero()) {
      throw new LogInRefusedException(wait);
    }
    String hash = directory.passwordHash(account.id()).orElse(hashOfNoOne);
    if (!Passwords.matches(password, hash)) {
      throttle.failed(account.name(), address);
      throw new LogInRefusedException(Duration.ZERO);
    }
    throttle.succeeded(account.name());
  }

  /**
   * Returns the program that a token belongs to, where it came as a log-in's password, as it does
   * by RTSP. Attempts are slowed for each address, so that nobody can shut others out by their
   * names.
   *
   * @param name as it was given, for the audit; a token needs none
   * @throws LogInRefusedException when the token is unknown or has expired, or there were too many
   *     attempts
   */
  public Caller logInByToken(String name, String secret, RequestOrigin origin) {
    String client = "token from " + address(origin);
    Duration wait = throttle.wait(client, address(origin));
    if (!wait.isZero()) {
      throw new LogInRefusedException(wait);
    }
    Optional<Caller> caller = sessions.findToken(secret);
    if (caller.isEmpty()) {
      throttle.failed(client, address(origin));
      audit.append(
          AuditEvent.of(AuditEventType.SESSION_REFUSED, Actor.anonymous(name), origin)
              .detail("method", RTSP)
              .detail("cause", "credentials"));
      throw new LogInRefusedException(Duration.ZERO);
    }
    throttle.succeeded(client);
    return caller.get();
  }
}
