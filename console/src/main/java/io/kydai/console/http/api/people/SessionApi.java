package io.kydai.console.http.api.people;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Account;
import io.kydai.console.users.AccountId;
import io.kydai.console.users.Directory;
import io.kydai.console.users.LogInSession;
import io.kydai.console.users.Sessions;
import io.kydai.console.users.UnknownPeopleException;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations by which people log in and out, and see their own log-ins. */
public final class SessionApi {
  private final Directory directory;
  private final Sessions sessions;
  private final Identity identity;
  private final LogInAnswers answers;

  public SessionApi(Identity identity, LogInAnswers answers) {
    this.identity = identity;
    this.directory = identity.directory();
    this.sessions = identity.sessions();
    this.answers = answers;
  }

  /**
   * @param desk runs what waits for the database
   * @param logIns runs what hashes passwords, of which few may run at a time
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor logIns) {
    endpoints
        .on("getSession", desk, call -> ApiReply.json(answers.session(call.caller())))
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
        LogInAnswers.refusing(
            () ->
                identity
                    .logIns()
                    .logIn(
                        body.name(),
                        body.password(),
                        body.code(),
                        call.requester().userAgent(),
                        call.origin()));
    answers.endBefore(call);
    return answers.started(call, 200, started);
  }

  private ApiReply logOut(ApiCall call) {
    return ApiReply.done(
        call.caller()
            .session()
            .map(session -> answers.end(call, session, "log-out"))
            .orElse(Map.of()));
  }

  /** The contract's {@code FirstAdministrator}. */
  private record First(String secret, String name, String password) {}

  private ApiReply addFirstAdministrator(ApiCall call) {
    First body = call.body(First.class);
    Account account =
        LogInAnswers.refusing(
            () ->
                identity
                    .first()
                    .accept(body.secret(), body.name(), body.password(), call.origin()));
    return answers.started(
        call,
        201,
        sessions.start(
            account,
            "first-administrator",
            Sessions.SecondFactor.NOT_NEEDED,
            call.requester().userAgent(),
            call.origin()));
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
        LogInAnswers.refusing(
            () -> {
              identity.logIns().checkPassword(account, body.old(), call.origin());
              return directory.setPassword(
                  account.id().value(), body.wanted(), call.actor(), call.origin());
            });
    return answers.started(
        call, 200, sessions.start(changed, "password", null, current.userAgent(), call.origin()));
  }

  private static Problem gone() {
    return Problem.of(401, "The account is gone.");
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
