package io.kydai.console.http.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.Problem;
import io.kydai.console.http.server.SessionCookie;
import io.kydai.console.users.Account;
import io.kydai.console.users.AccountId;
import io.kydai.console.users.Caller;
import io.kydai.console.users.Directory;
import io.kydai.console.users.InvalidPeopleException;
import io.kydai.console.users.LogInRefusedException;
import io.kydai.console.users.LogInSession;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.SecondFactorNeededException;
import io.kydai.console.users.Sessions;
import io.kydai.console.users.UnknownPeopleException;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations by which people log in and out, and see their own log-ins. */
public final class SessionApi {
  private final Directory directory;
  private final Sessions sessions;
  private final Identity identity;

  public SessionApi(Identity identity) {
    this.identity = identity;
    this.directory = identity.directory();
    this.sessions = identity.sessions();
  }

  /**
   * @param desk runs what waits for the database
   * @param logIns runs what hashes passwords, of which few may run at a time
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor logIns) {
    endpoints
        .on("getSession", desk, call -> ApiReply.json(SessionAnswer.of(call.caller())))
        .on("logIn", logIns, this::logIn)
        .on("logOut", desk, this::logOut)
        .on("addFirstAdministrator", logIns, this::addFirstAdministrator)
        .on("listSessions", desk, this::list)
        .on("endSession", desk, this::end)
        .on("changePassword", logIns, this::changePassword);
  }

  /** The contract's {@code LogIn}. */
  private record LogIn(String name, String password, @Nullable String code) {}

  private ApiReply logIn(ApiCall call) {
    LogIn body = call.body(LogIn.class);
    Sessions.Started started =
        refusing(
            () ->
                sessions.logIn(
                    body.name(),
                    body.password(),
                    body.code(),
                    call.requester().userAgent(),
                    call.origin()));
    endBefore(call);
    return started(call, 200, started);
  }

  /** A browser that logs in again leaves no log-in behind that nobody has the cookie of. */
  private void endBefore(ApiCall call) {
    Caller before = call.caller();
    if (before.valid() && before.session().isPresent()) {
      LogInSession session = before.session().get();
      sessions.end(
          session.account(), session.id().value(), "log-in", before.actor(), call.origin());
    }
  }

  private static ApiReply started(ApiCall call, int status, Sessions.Started started) {
    LogInSession session = started.session();
    Duration lasting = Duration.between(session.createdAt(), session.expiresAt());
    return ApiReply.json(
        status, SessionAnswer.of(started.caller()), cookie(call).header(started.secret(), lasting));
  }

  private static SessionCookie cookie(ApiCall call) {
    return new SessionCookie(call.requester().client().secure());
  }

  private static <T> T refusing(Supplier<T> attempt) {
    try {
      return attempt.get();
    } catch (LogInRefusedException e) {
      if (e.retryAfter().isZero()) {
        throw Problem.of(401, e);
      }
      throw Problem.of(429, e)
          .withHeader("Retry-After", String.valueOf(e.retryAfter().toSeconds() + 1));
    } catch (SecondFactorNeededException e) {
      throw Problem.field(401, "code", e);
    } catch (InvalidPeopleException e) {
      throw Problem.badField(e.field(), e);
    }
  }

  private ApiReply logOut(ApiCall call) {
    call.caller()
        .session()
        .ifPresent(
            session ->
                sessions.end(
                    session.account(),
                    session.id().value(),
                    "log-out",
                    call.actor(),
                    call.origin()));
    return ApiReply.done(cookie(call).ending());
  }

  /** The contract's {@code FirstAdministrator}. */
  private record First(String secret, String name, String password) {}

  private ApiReply addFirstAdministrator(ApiCall call) {
    First body = call.body(First.class);
    Account account =
        refusing(
            () ->
                identity
                    .first()
                    .accept(body.secret(), body.name(), body.password(), call.origin()));
    return started(
        call,
        201,
        sessions.start(
            account, "first-administrator", call.requester().userAgent(), call.origin()));
  }

  private static LogInSession session(ApiCall call) {
    return call.caller()
        .session()
        .orElseThrow(() -> Problem.of(403, "Only a person who is logged in may do this."));
  }

  private ApiReply list(ApiCall call) {
    LogInSession current = session(call);
    return ApiReply.json(
        new SessionList(
            sessions.of(current.account()).stream()
                .map(one -> SessionEntry.of(one, current.id()))
                .toList()));
  }

  private ApiReply end(ApiCall call) {
    LogInSession current = session(call);
    try {
      sessions.end(
          current.account(), call.path("id"), "ended by its owner", call.actor(), call.origin());
      return ApiReply.done();
    } catch (UnknownPeopleException e) {
      throw Problem.of(404, e);
    }
  }

  /** The contract's {@code PasswordChange}; {@code new} is a word of Java. */
  private record PasswordChange(String old, @JsonProperty("new") String wanted) {}

  private ApiReply changePassword(ApiCall call) {
    LogInSession current = session(call);
    PasswordChange body = call.body(PasswordChange.class);
    Account account = call.caller().account().orElseThrow(SessionApi::gone);
    Account changed =
        refusing(
            () -> {
              sessions.checkPassword(account, body.old(), call.origin());
              return directory.setPassword(
                  account.id().value(), body.wanted(), call.actor(), call.origin());
            });
    return started(
        call, 200, sessions.start(changed, "password", current.userAgent(), call.origin()));
  }

  private static Problem gone() {
    return Problem.of(401, "The account is gone.");
  }

  /** The contract's {@code Session}. */
  private record SessionAnswer(
      @Nullable AccountAnswer account,
      List<String> roles,
      List<String> permissions,
      @Nullable String csrfToken,
      @Nullable Instant expiresAt) {
    static SessionAnswer of(Caller caller) {
      Optional<LogInSession> session = caller.session();
      return new SessionAnswer(
          caller.account().map(AccountAnswer::of).orElse(null),
          caller.roles().stream().map(Role::wire).toList(),
          caller.permissions().stream().map(Permission::wire).toList(),
          session.map(LogInSession::csrf).orElse(null),
          session.map(LogInSession::expiresAt).orElse(null));
    }
  }

  private record AccountAnswer(
      String id, String name, String displayName, @Nullable String agency) {
    static AccountAnswer of(Account account) {
      return new AccountAnswer(
          account.id().value(), account.name(), account.displayName(), account.agency());
    }
  }

  /** The contract's {@code SessionList}. */
  private record SessionList(List<SessionEntry> sessions) {}

  private record SessionEntry(
      String id,
      boolean current,
      Instant createdAt,
      Instant lastUsedAt,
      Instant expiresAt,
      String address,
      String userAgent) {
    static SessionEntry of(LogInSession session, AccountId current) {
      return new SessionEntry(
          session.id().value(),
          session.id().equals(current),
          session.createdAt(),
          session.lastUsedAt(),
          session.expiresAt(),
          session.address(),
          session.userAgent());
    }
  }
}
