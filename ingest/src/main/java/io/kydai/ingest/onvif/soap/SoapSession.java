package io.kydai.ingest.onvif.soap;

import io.kydai.ingest.login.Authenticator;
import io.kydai.ingest.login.Challenge;
import io.kydai.ingest.onvif.soap.HttpExchange.Answer;
import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import io.kydai.ingest.source.CameraSource.Credentials;
import io.kydai.ingest.source.HostAndPort;
import io.netty.handler.ssl.SslContext;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Calls the services of one camera with its credentials. The first call contains a {@link
 * UsernameToken}. After a 401 response with a Digest challenge, calls are authenticated by HTTP
 * Digest instead (ONVIF Core, section 5.9.1). Basic challenges are not answered, because Basic
 * would send the password in clear text.
 *
 * <p>Thread-safe.
 */
public final class SoapSession {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int TRIES = 3;

  private final HttpExchange http;
  private final @Nullable SslContext tls;
  private final ReachedHost reached;
  private final @Nullable Credentials credentials;
  private final Clock clock;
  private final SecureRandom random;
  private volatile Duration clockOffset = Duration.ZERO;
  private volatile @Nullable Authenticator digest;

  /**
   * Creates a session.
   *
   * @param tls the TLS context for all calls; null when the camera is reached by {@code http}
   * @param credentials the user and password; null for none
   */
  public SoapSession(
      HttpExchange http,
      @Nullable SslContext tls,
      ReachedHost reached,
      @Nullable Credentials credentials,
      Clock clock,
      SecureRandom random) {
    this.http = http;
    this.tls = tls;
    this.reached = reached;
    this.credentials = credentials;
    this.clock = clock;
    this.random = random;
  }

  /** Returns the host and scheme by which the device was reached. */
  public ReachedHost reached() {
    return reached;
  }

  /** Returns how far the device's clock is ahead of this machine's; zero until it is known. */
  public Duration clockOffset() {
    return clockOffset;
  }

  /** Sets the camera's clock minus this machine's clock. */
  public void setClockOffset(Duration offset) {
    clockOffset = offset;
  }

  /** Returns this machine's wall clock. */
  public Clock clock() {
    return clock;
  }

  /** Returns an exception whose message begins with the camera's host. */
  public OnvifException failure(Kind kind, String message) {
    return new OnvifException(kind, reached.name(), message);
  }

  /**
   * Calls an operation with the credentials, within 5 s.
   *
   * @param action the SOAP action: the service's namespace and the operation
   * @param body the request's element as XML
   * @return the response's element; the future fails with an {@link OnvifException}
   */
  public CompletableFuture<XmlElement> call(URI service, String action, String body) {
    return call(service, action, "", body, PATIENCE);
  }

  /**
   * Calls an operation as {@link #call(URI, String, String)} does.
   *
   * @param header further elements of the request's header as XML; may be empty
   * @param patience the longest wait for the response
   */
  public CompletableFuture<XmlElement> call(
      URI service, String action, String header, String body, Duration patience) {
    return call(service, action, header, body, patience, credentials, TRIES);
  }

  /**
   * Calls an operation without credentials, as the standard requires for reading the camera's time.
   */
  public CompletableFuture<XmlElement> anonymous(URI service, String action, String body) {
    return call(service, action, "", body, PATIENCE, null, 1);
  }

  private CompletableFuture<XmlElement> call(
      URI service,
      String action,
      String header,
      String body,
      Duration patience,
      @Nullable Credentials login,
      int tries) {
    if (!HostAndPort.same(service, reached.address())) {
      return CompletableFuture.failedFuture(
          failure(Kind.MALFORMED, "has a service at another host, which is not contacted"));
    }
    Authenticator answering = login == null ? null : digest;
    String authorization =
        answering == null
            ? null
            : answering.authorization("POST", HttpExchange.requestTarget(service)).orElse(null);
    String token =
        login == null || answering != null
            ? ""
            : UsernameToken.header(login, bytes(16), clock.instant().plus(clockOffset));
    return http.post(
            service,
            tls,
            "application/soap+xml; charset=utf-8; action=\"" + action + "\"",
            Soap.envelope(token + header, body),
            authorization,
            patience)
        .thenCompose(
            answer -> {
              noteDate(answer);
              if (login == null) {
                return read(answer, false);
              }
              Challenge challenge =
                  answer.status() == 401 ? digestOf(answer.challenges()).orElse(null) : null;
              if (challenge != null
                  && tries > 1
                  && (answering == null || challenge.isStale() || tries == TRIES)) {
                Authenticator next = new Authenticator(login.user(), login.password());
                next.accept(challenge);
                digest = next;
                return call(service, action, header, body, patience, login, tries - 1);
              }
              return read(answer, true);
            });
  }

  private static Optional<Challenge> digestOf(List<String> headers) {
    return Authenticator.choose(
        Challenge.parse(headers).stream().filter(one -> one.scheme().equals("digest")).toList());
  }

  private byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Reads the camera's clock from the {@code Date} field, if it is not known otherwise. */
  private void noteDate(Answer answer) {
    String date = answer.date();
    if (date == null || !clockOffset.isZero()) {
      return;
    }
    try {
      Instant shown = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      Duration offset = Duration.between(clock.instant(), shown);
      // The field has whole seconds and is some time old, so small differences are ignored.
      clockOffset = offset.abs().toSeconds() < 2 ? Duration.ZERO : offset;
    } catch (DateTimeException e) {
      clockOffset = Duration.ZERO;
    }
  }

  private CompletableFuture<XmlElement> read(Answer answer, boolean loggedIn) {
    try {
      if (answer.status() / 100 == 3) {
        throw failure(
            Kind.MALFORMED,
            "redirects to another address, which is not followed; configure that address instead");
      }
      if (answer.body().length == 0 || answer.status() == 401 || answer.status() == 403) {
        throw withoutSoap(answer.status(), loggedIn);
      }
      XmlElement content;
      try {
        content = Soap.content(answer.body());
      } catch (MalformedXmlException e) {
        throw answer.status() == 200
            ? failure(Kind.MALFORMED, e.getMessage())
            : withoutSoap(answer.status(), loggedIn);
      }
      if (!content.name().equals("Fault")) {
        return CompletableFuture.completedFuture(content);
      }
      throw Soap.isAuthenticationFault(content)
          ? refused(loggedIn)
          : failure(Kind.REFUSED, "refuses: " + Soap.reason(content));
    } catch (OnvifException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private OnvifException withoutSoap(int status, boolean loggedIn) {
    return status == 401 || status == 403
        ? refused(loggedIn)
        : failure(Kind.MALFORMED, "answers with HTTP status " + status + " and no ONVIF");
  }

  private OnvifException refused(boolean loggedIn) {
    return failure(
        Kind.LOGIN_REFUSED,
        loggedIn ? "does not accept the user or the password" : "asks for a user and a password");
  }
}
