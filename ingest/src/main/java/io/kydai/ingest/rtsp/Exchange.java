package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.login.Authenticator;
import io.kydai.ingest.login.Challenge;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The requests of a session and their answers: numbers them, logs in when asked to, and knows which
 * answer belongs to the one request that is under way: that with its number, and, since cameras
 * count wrongly, any other that is not the number of an earlier request still without an answer.
 */
final class Exchange {
  private static final int MAX_UNANSWERED = 16;

  /** A request that waits for its answer. */
  private record Request(
      int sequence,
      String method,
      String uri,
      RtspHeaders extra,
      boolean urgent,
      boolean authorized,
      boolean renewed) {}

  private final ChannelHandlerContext context;
  private final Optional<Authenticator> authenticator;
  private final Duration responseTimeout;
  private final Consumer<String> onFailure;

  /** Numbers of the last requests that nothing answered. */
  private final Deque<Integer> unanswered = new ArrayDeque<>();

  private int sequence;
  private Optional<String> session = Optional.empty();
  private Optional<Request> pending = Optional.empty();
  private Optional<ScheduledFuture<?>> timer = Optional.empty();
  private boolean loginProven;

  /**
   * @param responseTimeout for urgent requests
   * @param onFailure hears why sending failed or an answer is not waited for any longer
   */
  Exchange(
      ChannelHandlerContext context,
      Optional<Authenticator> authenticator,
      Duration responseTimeout,
      Consumer<String> onFailure) {
    this.context = context;
    this.authenticator = authenticator;
    this.responseTimeout = responseTimeout;
    this.onFailure = onFailure;
  }

  /** Requests name this session from now on. */
  void session(String id) {
    session = Optional.of(id);
  }

  /** The method of the request that waits for its answer. */
  Optional<String> waitingFor() {
    return pending.map(Request::method);
  }

  /** Sends a request that must be answered within the response time. */
  void ask(String method, String uri, RtspHeaders extra) {
    send(method, uri, extra, true, false);
  }

  /** Sends a request whose answer may never come. */
  void mention(String method, String uri) {
    send(method, uri, new RtspHeaders(), false, false);
  }

  private void send(String method, String uri, RtspHeaders extra, boolean urgent, boolean renewed) {
    pending.ifPresent(
        late -> {
          unanswered.addLast(late.sequence);
          if (unanswered.size() > MAX_UNANSWERED) {
            unanswered.removeFirst();
          }
        });
    Optional<String> authorization =
        authenticator.flatMap(login -> login.authorization(method, uri));
    pending =
        Optional.of(
            new Request(
                ++sequence, method, uri, extra, urgent, authorization.isPresent(), renewed));
    RtspHeaders headers = new RtspHeaders().add("CSeq", Integer.toString(sequence));
    headers.add("User-Agent", "Kydai");
    authorization.ifPresent(value -> headers.add("Authorization", value));
    session.ifPresent(id -> headers.add("Session", id));
    StringBuilder text = new StringBuilder(method).append(' ').append(uri).append(" RTSP/1.0\r\n");
    headers.writeTo(text);
    extra.writeTo(text);
    write(text);
    if (urgent) {
      awaitAnswer(method);
    }
  }

  /** Answers a request of the camera's. */
  void reply(String status, RtspMessage.Request request) {
    RtspHeaders headers = new RtspHeaders();
    request.headers().first("CSeq").ifPresent(number -> headers.add("CSeq", number));
    session.ifPresent(id -> headers.add("Session", id));
    StringBuilder text = new StringBuilder("RTSP/1.0 ").append(status).append("\r\n");
    headers.writeTo(text);
    write(text);
  }

  private void write(StringBuilder text) {
    if (!context.channel().isWritable()) {
      onFailure.accept("does not read what is sent to it");
      return;
    }
    context
        .writeAndFlush(Unpooled.copiedBuffer(text.append("\r\n"), UTF_8))
        .addListener(
            (ChannelFuture written) -> {
              if (!written.isSuccess()) {
                onFailure.accept("broke the connection: " + PrintableText.of(written.cause()));
              }
            });
  }

  private void awaitAnswer(String method) {
    cancelTimer();
    long millis = responseTimeout.toMillis();
    timer =
        Optional.of(
            context
                .executor()
                .schedule(
                    () ->
                        onFailure.accept(
                            "did not answer " + method + " within " + millis / 1000.0 + " s"),
                    millis,
                    TimeUnit.MILLISECONDS));
  }

  void cancelTimer() {
    timer.ifPresent(running -> running.cancel(false));
    timer = Optional.empty();
  }

  /**
   * Takes an answer. One that asks to log in is followed by the same request again.
   *
   * @return the method that it finally answers; empty when it answers none, or not yet
   * @throws RtspException when logging in is not possible
   */
  Optional<String> answered(RtspMessage.Response response) throws RtspException {
    if (response.status() < 200 || !belongs(response)) {
      return Optional.empty();
    }
    Request request = pending.orElseThrow();
    pending = Optional.empty();
    cancelTimer();
    if (response.status() == 401) {
      return unauthorized(response, request);
    }
    loginProven |= request.authorized;
    return Optional.of(request.method);
  }

  private boolean belongs(RtspMessage.Response response) {
    String number = response.headers().first("CSeq").orElse("");
    boolean late = number.matches("\\d{1,9}") && unanswered.remove(Integer.valueOf(number));
    return pending.isPresent() && !late;
  }

  /** A request that need not succeed is not worth the session. */
  private Optional<String> unauthorized(RtspMessage.Response response, Request request)
      throws RtspException {
    try {
      logIn(response, request);
      return Optional.empty();
    } catch (RtspException e) {
      if (request.urgent) {
        throw e;
      }
      return Optional.of(request.method);
    }
  }

  private void logIn(RtspMessage.Response response, Request request) throws RtspException {
    Authenticator login =
        authenticator.orElseThrow(
            () ->
                new RtspException(
                    "asks for a user and a password (401 Unauthorized), and none is given for it"));
    Challenge challenge = chosen(response.headers().all("WWW-Authenticate"));
    boolean fresh = challenge.isStale() || loginProven && !login.isAnswered(challenge);
    if (request.authorized && (request.renewed || !fresh)) {
      throw new LoginRefusedException();
    }
    login.accept(challenge);
    send(request.method, request.uri, request.extra, request.urgent, request.authorized);
  }

  private static Challenge chosen(List<String> headers) throws RtspException {
    List<Challenge> offered = Challenge.parse(headers);
    if (offered.isEmpty()) {
      throw new RtspException("answers 401 Unauthorized without saying how to log in");
    }
    return Authenticator.choose(offered)
        .orElseThrow(
            () ->
                new RtspException(
                    "asks for a log-in other than Basic or Digest with SHA-256 or MD5: "
                        + PrintableText.of(
                            String.join(", ", offered.stream().map(Challenge::scheme).toList()),
                            60)));
  }
}
