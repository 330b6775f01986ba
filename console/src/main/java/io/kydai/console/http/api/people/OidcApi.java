package io.kydai.console.http.api.people;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.http.access.Requester;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.oidc.OidcException;
import io.kydai.console.oidc.OpenIdConnect;
import io.kydai.console.users.LogInSession;
import io.kydai.console.users.Sessions;
import io.vertx.core.WorkerExecutor;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operations by which a browser logs in and out at an OpenID Connect provider. A browser is
 * sent to the provider, and to two fixed pages of this console, and to no address that a request
 * names.
 */
public final class OidcApi {
  private static final Logger LOG = LoggerFactory.getLogger(OidcApi.class);
  private static final String CALLBACK = "/api/v1/oidc/callback";

  /**
   * The page to log in, on which a script finds the session. A page of the console itself cannot be
   * the first: a cookie of {@code SameSite=Strict} is not sent to one that another site leads to.
   */
  private static final String DONE = "/signin.html#oidc=done";

  private static final String REFUSED = "/signin.html#oidc=refused";
  private static final Pattern LOCAL =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:[0-9]{1,5})?");

  private final Identity identity;
  private final LogInAnswers answers;
  private final @Nullable URI publicUrl;

  /**
   * @param publicUrl the console's configured address; null where there is none
   */
  public OidcApi(Identity identity, LogInAnswers answers, @Nullable URI publicUrl) {
    this.identity = identity;
    this.answers = answers;
    this.publicUrl = publicUrl;
  }

  /**
   * @param desk runs what waits for the database
   * @param logIns runs what waits for the provider
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor logIns) {
    endpoints
        .on("listLogInMethods", desk, call -> ApiReply.json(new Methods(identity.oidc() != null)))
        .on("beginOidcLogIn", logIns, this::begin)
        .on("endOidcLogIn", logIns, this::end)
        .on("logOutByOidc", logIns, this::logOut);
  }

  /** The contract's {@code LogInMethods}. */
  private record Methods(boolean oidc) {}

  private OpenIdConnect provider() {
    OpenIdConnect provider = identity.oidc();
    if (provider == null) {
      throw Problem.notFound("OpenID Connect provider here");
    }
    return provider;
  }

  /** Returns the address of this console, without a slash at its end. */
  private String self(Requester requester) {
    if (publicUrl != null) {
      return publicUrl.toString().replaceFirst("/+$", "");
    }
    if (!LOCAL.matcher(requester.host()).matches()) {
      throw Problem.of(409, "http.public-url must say where the provider sends browsers back to.");
    }
    return (requester.client().secure() ? "https://" : "http://") + requester.host();
  }

  private static String cookieName(Requester requester) {
    return requester.client().secure() ? "__Host-kydai-oidc" : "kydai-oidc";
  }

  /** The cookie comes back by a link on the provider's page, so it cannot be a strict one. */
  private static String cookie(Requester requester, String secret, Duration lasting) {
    return cookieName(requester)
        + '='
        + secret
        + "; Path=/; Max-Age="
        + lasting.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (requester.client().secure() ? "; Secure" : "");
  }

  private static ApiReply redirect(String to, String cookie) {
    return new ApiReply.Bytes(302, "", new byte[0], Map.of("Location", to, "Set-Cookie", cookie));
  }

  private ApiReply begin(ApiCall call) {
    OpenIdConnect provider = provider();
    try {
      OpenIdConnect.Begun begun = provider.begin(self(call.requester()) + CALLBACK);
      return redirect(
          begun.provider().toString(),
          cookie(call.requester(), begun.secret(), OpenIdConnect.patience()));
    } catch (OidcException e) {
      return refused(e, call.requester());
    }
  }

  private ApiReply refused(OidcException reason, Requester requester) {
    LOG.info("a log-in by OpenID Connect was refused: {}", reason.getMessage(), reason.getCause());
    identity
        .audit()
        .append(
            AuditEvent.of(AuditEventType.SESSION_REFUSED, Actor.anonymous(""), requester.origin())
                .detail("method", Sessions.OIDC)
                .detail("cause", reason.getMessage()));
    return redirect(REFUSED, cookie(requester, "", Duration.ZERO));
  }

  private ApiReply end(ApiCall call) {
    OpenIdConnect provider = provider();
    try {
      OpenIdConnect.Entered entered =
          provider.end(
              new OpenIdConnect.Returned(
                  call.text("state").orElse(null),
                  call.text("code").orElse(null),
                  call.text("error").orElse(null),
                  call.text("iss").orElse(null)),
              call.requester().cookie(cookieName(call.requester())).orElse(null),
              self(call.requester()) + CALLBACK,
              call.origin());
      answers.endBefore(call);
      Sessions.Started started =
          identity
              .sessions()
              .start(
                  entered.account(),
                  Sessions.OIDC,
                  null,
                  call.requester().userAgent(),
                  call.origin());
      provider.loggedIn(started.session().id().value(), entered.idToken());
      return redirect(DONE, answers.cookie(call, started));
    } catch (OidcException e) {
      return refused(e, call.requester());
    }
  }

  /** The contract's {@code LogOut}. */
  private record LogOut(@Nullable String location) {}

  private ApiReply logOut(ApiCall call) {
    LogInSession session =
        call.caller()
            .session()
            .orElseThrow(() -> Problem.of(403, "Only a person who is logged in may do this."));
    Optional<String> there = endSession(call, session);
    return ApiReply.json(
        200, new LogOut(there.orElse(null)), answers.end(call, session, "log-out"));
  }

  private Optional<String> endSession(ApiCall call, LogInSession session) {
    OpenIdConnect provider = identity.oidc();
    if (provider == null) {
      return Optional.empty();
    }
    try {
      return provider
          .endSession(session.id().value(), self(call.requester()) + "/signin.html")
          .map(URI::toString);
    } catch (OidcException e) {
      // The log-in here ends all the same.
      LOG.info("the provider cannot be asked to end a log-in: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
