package io.kydai.console.http.api.people;

import io.kydai.console.http.access.SessionCookie;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.users.Account;
import io.kydai.console.users.Caller;
import io.kydai.console.users.InvalidPeopleException;
import io.kydai.console.users.LogInRefusedException;
import io.kydai.console.users.LogInSession;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.SecondFactorNeededException;
import io.kydai.console.users.Sessions;
import io.kydai.console.users.factor.SecondFactors;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a log-in is answered, whichever way the person's identity was checked. */
public final class LogInAnswers {
  private final Identity identity;

  public LogInAnswers(Identity identity) {
    this.identity = identity;
  }

  /**
   * Runs an attempt to log in.
   *
   * @throws Problem 400, 401 or 429, where it is refused
   */
  static <T> T refusing(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (LogInRefusedException e) {
      throw problem(e);
    } catch (SecondFactorNeededException e) {
      throw Problem.field(401, "code", e);
    } catch (InvalidPeopleException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  /** Returns the answer to a refused attempt: 401, or 429 where there were too many. */
  static Problem problem(LogInRefusedException refused) {
    return refused.retryAfter().isZero()
        ? Problem.of(401, refused)
        : Problem.of(429, refused)
            .withHeader("Retry-After", String.valueOf(refused.retryAfter().toSeconds() + 1));
  }

  /** A browser that logs in again leaves no log-in behind that nobody has the cookie of. */
  void endBefore(ApiCall call) {
    Caller before = call.caller();
    if (before.valid()) {
      before.session().ifPresent(session -> end(call, session, "log-in"));
    }
  }

  /**
   * Ends a log-in of the caller.
   *
   * @param cause why, as the audit names it
   * @return the header that takes the cookie away
   */
  Map<String, String> end(ApiCall call, LogInSession session, String cause) {
    identity
        .sessions()
        .end(session.account(), session.id().value(), cause, call.actor(), call.origin());
    return cookie(call).ending();
  }

  private static SessionCookie cookie(ApiCall call) {
    return new SessionCookie(call.requester().client().secure());
  }

  /** Returns a session that began, with its cookie. */
  ApiReply started(ApiCall call, int status, Sessions.Started started) {
    return ApiReply.json(status, session(started.caller()), header(call, started));
  }

  private Map<String, String> header(ApiCall call, Sessions.Started started) {
    LogInSession session = started.session();
    return cookie(call)
        .header(started.secret(), Duration.between(session.createdAt(), session.expiresAt()));
  }

  /** Returns the value of {@code Set-Cookie} for a session that began. */
  String cookie(ApiCall call, Sessions.Started started) {
    return header(call, started).getOrDefault("Set-Cookie", "");
  }

  /** Returns the contract's {@code Session} of a caller. */
  SessionAnswer session(Caller caller) {
    Optional<LogInSession> session = caller.session();
    return new SessionAnswer(
        caller.account().map(AccountAnswer::of).orElse(null),
        caller.roles().stream().map(Role::wire).toList(),
        caller.permissions().stream().map(Permission::wire).toList(),
        session.map(LogInSession::csrf).orElse(null),
        session.map(LogInSession::expiresAt).orElse(null),
        caller
            .account()
            .flatMap(account -> session.map(one -> secondFactor(account, one)))
            .orElse(null),
        new SiteAnswer(ZoneId.systemDefault().getId()));
  }

  private String secondFactor(Account account, LogInSession session) {
    if (identity.sessions().isFactorMissing(account, session)) {
      return "required";
    }
    SecondFactors.Overview known = identity.factors().factors().of(account.id().value());
    if (known.totp()) {
      return "totp";
    }
    return known.any() ? "passkey" : "none";
  }

  /** The contract's {@code Session}. */
  record SessionAnswer(
      @Nullable AccountAnswer account,
      List<String> roles,
      List<String> permissions,
      @Nullable String csrfToken,
      @Nullable Instant expiresAt,
      @Nullable String secondFactor,
      SiteAnswer site) {}

  /**
   * The site, as far as every page needs to know it.
   *
   * @param timeZone the process's zone, which is the configuration's {@code site.time-zone}
   */
  record SiteAnswer(String timeZone) {}

  record AccountAnswer(String id, String name, String displayName, @Nullable String agency) {
    static AccountAnswer of(Account account) {
      return new AccountAnswer(
          account.id().value(), account.name(), account.displayName(), account.agency());
    }
  }
}
