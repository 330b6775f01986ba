package io.kydai.console.http.api.people;

import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.users.Account;
import io.kydai.console.users.LogInFactors;
import io.kydai.console.users.LogInRefusedException;
import io.kydai.console.users.LogInSession;
import io.kydai.console.users.LogIns;
import io.kydai.console.users.factor.FactorChange;
import io.kydai.console.users.factor.FactorConflictException;
import io.kydai.console.users.factor.Passkey;
import io.kydai.console.users.factor.Passkeys;
import io.kydai.console.users.factor.QrCode;
import io.kydai.console.users.factor.RefusedPasskeyException;
import io.kydai.console.users.factor.RelyingParty;
import io.kydai.console.users.factor.SecondFactors;
import io.kydai.console.users.factor.TotpSecret;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operations on second factors: one's own, which take the password again, and an
 * administrator's help for somebody who lost them.
 */
public final class FactorApi {
  private final Identity identity;
  private final LogIns logIns;
  private final SecondFactors factors;
  private final Passkeys passkeys;
  private final LogInAnswers answers;
  private final @Nullable URI publicUrl;

  /**
   * @param publicUrl the console's configured address; null where there is none
   */
  public FactorApi(Identity identity, LogInAnswers answers, @Nullable URI publicUrl) {
    this.identity = identity;
    this.logIns = identity.logIns();
    LogInFactors known = identity.factors();
    this.factors = known.factors();
    this.passkeys = known.passkeys();
    this.answers = answers;
    this.publicUrl = publicUrl;
  }

  /**
   * @param desk runs what waits for the database
   * @param logIns runs what hashes passwords, of which few may run at a time
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor logIns) {
    endpoints
        .on("getSecondFactors", desk, this::overview)
        .on("beginTotp", logIns, this::beginTotp)
        .on("confirmTotp", desk, this::confirmTotp)
        .on("removeTotp", logIns, this::removeTotp)
        .on("renewRecoveryCodes", logIns, this::renewRecoveryCodes)
        .on("beginPasskey", logIns, this::beginPasskey)
        .on("addPasskey", desk, this::addPasskey)
        .on("removePasskey", logIns, this::removePasskey)
        .on("beginPasskeyLogIn", logIns, this::beginLogIn)
        .on("logInByPasskey", desk, this::logIn)
        .on("removeSecondFactors", desk, this::removeAll);
  }

  /** Who is logged in, by a session: a program has no factors. */
  private record Person(Account account, LogInSession session) {
    FactorChange change(RequestOrigin origin) {
      return FactorChange.ofOwn(account.id().value(), account.name(), origin);
    }
  }

  private static Person person(ApiCall call) {
    return call.caller()
        .session()
        .flatMap(session -> call.caller().account().map(account -> new Person(account, session)))
        .orElseThrow(() -> Problem.of(403, "Only a person who is logged in may do this."));
  }

  /** The contract's {@code PasswordAgain}. */
  private record PasswordAgain(String password) {}

  /** Returns who is logged in, after checking the password that the request must bring. */
  private Person personAgain(ApiCall call) {
    Person person = person(call);
    checkPassword(person, call.body(PasswordAgain.class).password(), call);
    return person;
  }

  private void checkPassword(Person person, String password, ApiCall call) {
    try {
      logIns.checkPassword(person.account(), password, call.origin());
    } catch (LogInRefusedException e) {
      // Not 401 for a wrong one: that would tell a browser that the log-in has ended.
      throw e.retryAfter().isZero()
          ? Problem.badField("password", "The password is wrong.")
          : LogInAnswers.problem(e);
    }
  }

  private static <T> T changing(Supplier<T> change) {
    try {
      return change.get();
    } catch (FactorConflictException e) {
      throw Problem.of(409, e);
    } catch (RefusedPasskeyException e) {
      throw Problem.badField("answer", e);
    }
  }

  private RelyingParty site(Requester requester) {
    return RelyingParty.of(publicUrl, requester.host(), requester.client().secure())
        .orElseThrow(
            () ->
                Problem.of(
                    409,
                    "Passkeys belong to a name: open the console as localhost, or set"
                        + " http.public-url to an address with a name."));
  }

  private ApiReply overview(ApiCall call) {
    Person person = person(call);
    return ApiReply.json(
        Factors.of(
            factors.of(person.account().id().value()),
            identity.factors().isRequired(person.account())));
  }

  private ApiReply beginTotp(ApiCall call) {
    Person person = personAgain(call);
    TotpSecret secret = changing(() -> factors.beginTotp(person.account().id().value()));
    String uri = secret.uri(RelyingParty.NAME, person.account().name());
    return ApiReply.json(new NewTotp(secret.base32(), uri, QrCode.svg(uri)));
  }

  /** The contract's {@code TotpCode}. */
  private record Code(String code) {}

  private ApiReply confirmTotp(ApiCall call) {
    Person person = person(call);
    String code = call.body(Code.class).code();
    return ApiReply.json(
        new RecoveryCodes(
            changing(() -> factors.confirmTotp(person.change(call.origin()), code))
                .orElseThrow(() -> Problem.badField("code", "The code is wrong."))));
  }

  private ApiReply removeTotp(ApiCall call) {
    Person person = personAgain(call);
    checkRemaining(person, Factors::totpAlone);
    if (!factors.removeTotp(person.change(call.origin()))) {
      throw Problem.notFound("one-time password of this account");
    }
    return ApiReply.done();
  }

  /** Refuses to take the last factor from somebody who must have one. */
  private void checkRemaining(Person person, Predicate<SecondFactors.Overview> last) {
    if (identity.factors().isRequired(person.account())
        && last.test(factors.of(person.account().id().value()))) {
      throw Problem.of(409, "A role of this account needs a second factor: add another one first.");
    }
  }

  private ApiReply renewRecoveryCodes(ApiCall call) {
    Person person = personAgain(call);
    return ApiReply.json(
        new RecoveryCodes(
            changing(() -> factors.renewRecoveryCodes(person.change(call.origin())))));
  }

  private ApiReply beginPasskey(ApiCall call) {
    Person person = personAgain(call);
    Account account = person.account();
    return ApiReply.json(
        passkeys.creationOptions(
            site(call.requester()),
            person.session().id().value(),
            account.id().value(),
            account.name(),
            account.displayName()));
  }

  /** The contract's {@code NewPasskey}. */
  private record NewPasskey(String name, Map<String, Object> answer) {}

  private ApiReply addPasskey(ApiCall call) {
    Person person = person(call);
    NewPasskey body = call.body(NewPasskey.class);
    Passkeys.Added added =
        changing(
            () ->
                passkeys.add(
                    site(call.requester()),
                    person.session().id().value(),
                    person.change(call.origin()),
                    body.name(),
                    Json.text(body.answer())));
    return ApiReply.json(
        201,
        new AddedPasskey(PasskeyAnswer.of(added.passkey()), added.recoveryCodes()),
        Map.of("Location", "/api/v1/account/passkeys/" + added.passkey().id()));
  }

  private ApiReply removePasskey(ApiCall call) {
    Person person = personAgain(call);
    checkRemaining(person, known -> !known.totp() && known.passkeys().size() == 1);
    String id = call.path("id");
    if (!factors.removePasskey(person.change(call.origin()), id)) {
      throw Problem.notFound("passkey " + id);
    }
    return ApiReply.done();
  }

  private ApiReply removeAll(ApiCall call) {
    String id = call.path("id");
    Account account =
        identity.directory().account(id).orElseThrow(() -> Problem.notFound("account " + id));
    factors.removeAll(
        new FactorChange(account.id().value(), account.name(), call.actor(), call.origin()));
    return ApiReply.done();
  }

  /** The contract's {@code PasskeyLogIn}. */
  private record Known(String name, String password) {}

  private ApiReply beginLogIn(ApiCall call) {
    Known body = call.body(Known.class);
    RelyingParty site = site(call.requester());
    Account account =
        LogInAnswers.refusing(() -> logIns.identify(body.name(), body.password(), call.origin()));
    Passkeys.Attempt attempt = changing(() -> passkeys.begin(site, account.id().value()));
    return ApiReply.json(new AttemptAnswer(attempt.id(), attempt.options()));
  }

  /** The contract's {@code PasskeyAttempt}. */
  private record Attempted(String attempt, Map<String, Object> answer) {}

  private ApiReply logIn(ApiCall call) {
    Attempted body = call.body(Attempted.class);
    var claimed = identity.directory().account(passkeys.account(body.attempt()));
    try {
      String id = passkeys.finish(site(call.requester()), body.attempt(), Json.text(body.answer()));
      Account account =
          identity
              .directory()
              .account(id)
              .filter(Account::enabled)
              .orElseThrow(
                  () -> logIns.refusedFactor(claimed.orElse(null), "passkey", call.origin()));
      answers.endBefore(call);
      return answers.started(
          call,
          200,
          logIns.startChecked(
              account,
              SecondFactors.PASSKEY,
              SecondFactors.PASSKEY,
              call.requester().userAgent(),
              call.origin()));
    } catch (RefusedPasskeyException e) {
      logIns.refusedFactor(claimed.orElse(null), "passkey", call.origin());
      throw Problem.field(401, "answer", e);
    }
  }

  /** The contract's {@code SecondFactors}. */
  private record Factors(
      boolean totp, int recoveryCodes, List<PasskeyAnswer> passkeys, boolean required) {
    static Factors of(SecondFactors.Overview known, boolean required) {
      return new Factors(
          known.totp(),
          known.recoveryCodes(),
          known.passkeys().stream().map(PasskeyAnswer::of).toList(),
          required);
    }

    static boolean totpAlone(SecondFactors.Overview known) {
      return known.totp() && known.passkeys().isEmpty();
    }
  }

  private record PasskeyAnswer(
      String id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {
    static PasskeyAnswer of(Passkey passkey) {
      return new PasskeyAnswer(passkey.id(), passkey.name(), passkey.created(), passkey.lastUsed());
    }
  }

  /** The contract's {@code NewTotp}. */
  private record NewTotp(String secret, String uri, String qrCode) {}

  /** The contract's {@code RecoveryCodes}. */
  private record RecoveryCodes(List<String> recoveryCodes) {}

  /** The contract's {@code AddedPasskey}. */
  private record AddedPasskey(PasskeyAnswer passkey, List<String> recoveryCodes) {}

  /** The contract's {@code PasskeyQuestion}. */
  private record AttemptAnswer(String attempt, Map<String, Object> options) {}
}
