package io.kydai.console.http.api.desk;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.messages.Browser;
import io.kydai.console.messages.InvalidMessagesException;
import io.kydai.console.messages.MessagePreferences;
import io.kydai.console.messages.OwnMessages;
import io.kydai.console.messages.TooManyCodesException;
import io.kydai.console.messages.push.PushSubscription;
import io.kydai.console.messages.rules.Hours;
import io.kydai.console.settings.InvalidSettingException;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations on how a person wants the own messages. */
public final class OwnMessageApi {
  private final OwnMessages own;

  public OwnMessageApi(OwnMessages own) {
    this.own = own;
  }

  /**
   * @param desk runs what waits for the database
   * @param waiting runs what waits for the mail server
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor waiting) {
    endpoints
        .on("getOwnMessages", desk, call -> overview(person(call)))
        .on("replaceOwnMessages", desk, this::choose)
        .on("addEmail", waiting, this::addEmail)
        .on("confirmEmail", desk, this::confirmEmail)
        .on("removeEmail", desk, this::removeEmail)
        .on("addPushSubscription", desk, this::subscribe)
        .on("removePushSubscription", desk, this::unsubscribe);
  }

  /** Returns the id of who is logged in; a program gets no messages. */
  private static String person(ApiCall call) {
    return call.caller()
        .session()
        .flatMap(session -> call.caller().account())
        .orElseThrow(() -> Problem.of(403, "Only a person who is logged in may do this."))
        .id()
        .value();
  }

  private static <T> T taking(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidMessagesException e) {
      throw Problem.badField(e.field(), "Expected: " + e.getMessage() + ".");
    } catch (InvalidSettingException e) {
      throw Problem.badField(e.field(), "Expected: " + e.getMessage() + ".");
    } catch (TooManyCodesException e) {
      throw Problem.of(429, e).withHeader("Retry-After", "3600");
    }
  }

  private ApiReply overview(String account) {
    return ApiReply.json(OverviewAnswer.of(own.of(account)));
  }

  /** The contract's {@code OwnMessagesReplacement}. */
  private record ChosenBody(
      String language, boolean byEmail, boolean byPush, @Nullable QuietJson quiet) {}

  private record QuietJson(String from, String to) {
    Hours hours() {
      return new HoursJson(null, from, to).hours("quiet");
    }

    static QuietJson of(Hours hours) {
      return new QuietJson(hours.from().toString(), hours.to().toString());
    }
  }

  private ApiReply choose(ApiCall call) {
    String account = person(call);
    ChosenBody body = call.body(ChosenBody.class);
    QuietJson quiet = body.quiet();
    return taking(
        () -> {
          own.choose(
              account,
              body.language(),
              body.byEmail(),
              body.byPush(),
              quiet == null ? null : quiet.hours(),
              call.actor(),
              call.origin());
          return overview(account);
        });
  }

  /** The contract's {@code NewEmail}. */
  private record EmailBody(String address) {}

  private ApiReply addEmail(ApiCall call) {
    String account = person(call);
    return taking(
        () -> MessageApi.answer(own.sendCode(account, call.body(EmailBody.class).address())));
  }

  /** The contract's {@code EmailCode}. */
  private record CodeBody(String code) {}

  private ApiReply confirmEmail(ApiCall call) {
    String account = person(call);
    String code = call.body(CodeBody.class).code().replace(" ", "");
    return taking(
        () -> {
          own.confirm(account, code, call.actor(), call.origin());
          return overview(account);
        });
  }

  private ApiReply removeEmail(ApiCall call) {
    own.removeEmail(person(call), call.actor(), call.origin());
    return ApiReply.done();
  }

  /** The contract's {@code NewPushSubscription}. */
  private record SubscriptionBody(String endpoint, String p256dh, String auth) {}

  private ApiReply subscribe(ApiCall call) {
    String account = person(call);
    SubscriptionBody body = call.body(SubscriptionBody.class);
    return taking(
        () ->
            ApiReply.json(
                BrowserAnswer.of(
                    own.subscribe(
                        account,
                        new PushSubscription(body.endpoint(), body.p256dh(), body.auth()),
                        call.requester().userAgent(),
                        call.actor(),
                        call.origin()))));
  }

  private ApiReply unsubscribe(ApiCall call) {
    String browser = call.path("id");
    if (!own.unsubscribe(person(call), browser, call.actor(), call.origin())) {
      throw Problem.notFound("such browser of yours");
    }
    return ApiReply.done();
  }

  /** The contract's {@code SubscribedBrowser}. */
  private record BrowserAnswer(String id, String browser, Instant createdAt) {
    static BrowserAnswer of(Browser one) {
      return new BrowserAnswer(one.id(), one.name(), one.createdAt());
    }
  }

  /** The contract's {@code OwnMessages}. */
  private record OverviewAnswer(
      String language,
      boolean byEmail,
      boolean byPush,
      @Nullable QuietJson quiet,
      @Nullable String email,
      @Nullable String pendingEmail,
      List<BrowserAnswer> browsers,
      String pushKey) {
    static OverviewAnswer of(OwnMessages.Overview overview) {
      MessagePreferences chosen = overview.preferences();
      Hours quiet = chosen.quiet();
      return new OverviewAnswer(
          chosen.language(),
          chosen.byEmail(),
          chosen.byPush(),
          quiet == null ? null : QuietJson.of(quiet),
          chosen.email(),
          chosen.pendingEmail(),
          overview.browsers().stream().map(BrowserAnswer::of).toList(),
          overview.key());
    }
  }
}
