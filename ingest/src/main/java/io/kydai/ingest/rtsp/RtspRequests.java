package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.login.Challenge;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a session and their answers: numbers them, logs in when asked to, and knows which
 * answer belongs to the one request that is under way: that with its number, and, since cameras
 * count wrongly, any other that is not the number of an earlier request still without an answer.
 */
final class RtspRequests {
  private static final int MAX_UNANSWERED = 16;

  /**
   * How long an answer is waited for.
   *
   * @param over hears that it did not come; continues the sentence "the camera …"
   */
  private record Patience(Duration time, Consumer<String> over) {}

  /**
   * What is asked.
   *
   * @param needed whether the session is worth nothing without it
   * @param patience how long its answer is waited for; null where it may never come
   */
  private record Question(
      String method, String uri, RtspHeaders extra, boolean needed, @Nullable Patience patience) {}

  /** A request that waits for its answer. */
  private record Request(int sequence, Question question, boolean authorized, boolean renewed) {}

  private final ChannelHandlerContext context;
  private final @Nullable RtspLogin login;
  private final Duration responseTimeout;
  private final Consumer<String> onFailure;
  private final Consumer<String> onLost;

  /** Numbers of the last requests that nothing answered. */
  private final Deque<Integer> unanswered = new ArrayDeque<>();

  private int sequence;
  private @Nullable String session;
  private @Nullable Request pending;
  private @Nullable ScheduledFuture<?> timer;

  /** The last request repeats one that was answered by a challenge. */
  private boolean challenged;

  /** The last answer said that the connection will be closed. */
  private boolean farewell;

  /**
   * @param login answers challenges; null where there is nothing to log in with
   * @param responseTimeout for requests that the session is worth nothing without
   * @param onFailure hears that an answer is not waited for any longer
   * @param onLost hears that the connection broke
   */
  RtspRequests(
      ChannelHandlerContext context,
      @Nullable RtspLogin login,
      Duration responseTimeout,
      Consumer<String> onFailure,
      Consumer<String> onLost) {
    this.context = context;
    this.login = login;
    this.responseTimeout = responseTimeout;
    this.onFailure = onFailure;
    this.onLost = onLost;
    if (login != null) {
      login.connected();
    }
  }

  /** Requests name this session from now on. */
  void session(String id) {
    session = id;
  }

  /** The method of the request that waits for its answer. */
  Optional<String> waitingFor() {
    return Optional.ofNullable(pending).map(request -> request.question.method);
  }

  /**
   * Whether a connection that ends now is no fault, but to be followed by another one: the camera
   * said so, or it closes connections with its challenges.
   */
  boolean mayGoOnElsewhere() {
    return challenged || farewell;
  }

  /** Whether the camera said with its last answer, which was no challenge, that it will close. */
  boolean isFarewell() {
    return farewell && !challenged;
  }

  /** Sends a request that must be answered within the response time. */
  void ask(String method, String uri, RtspHeaders extra) {
    Patience patience = new Patience(responseTimeout, onFailure);
    send(new Question(method, uri, extra, true, patience), false);
  }

  /**
   * Sends a request that the session can do without.
   *
   * @param unanswered hears that no answer came within a third of the response time
   */
  void attempt(String method, String uri, RtspHeaders extra, Consumer<String> unanswered) {
    Patience patience = new Patience(responseTimeout.dividedBy(3), unanswered);
    send(new Question(method, uri, extra, false, patience), false);
  }

  /** Sends a request whose answer may never come. */
  void mention(String method, String uri) {
    send(new Question(method, uri, new RtspHeaders(), false, null), false);
  }

  private void send(Question question, boolean renewed) {
    Request late = pending;
    if (late != null) {
      unanswered.addLast(late.sequence);
      if (unanswered.size() > MAX_UNANSWERED) {
        unanswered.removeFirst();
      }
    }
    Optional<String> authorization =
        Optional.ofNullable(login).flatMap(own -> own.authorization(question.method, question.uri));
    pending = new Request(++sequence, question, authorization.isPresent(), renewed);
    RtspHeaders headers = new RtspHeaders().add("CSeq", Integer.toString(sequence));
    headers.add("User-Agent", "Kydai");
    authorization.ifPresent(value -> headers.add("Authorization", value));
    nameSession(headers);
    StringBuilder text =
        new StringBuilder(question.method).append(' ').append(question.uri).append(" RTSP/1.0\r\n");
    headers.writeTo(text);
    question.extra.writeTo(text);
    write(text);
    Patience patience = question.patience;
    if (patience != null) {
      awaitAnswer(question.method, patience);
    }
  }

  private void nameSession(RtspHeaders headers) {
    String id = session;
    if (id != null) {
      headers.add("Session", id);
    }
  }

  /** Answers a request of the camera's. */
  void reply(String status, RtspMessage.Request request) {
    RtspHeaders headers = new RtspHeaders();
    request.headers().first("CSeq").ifPresent(number -> headers.add("CSeq", number));
    nameSession(headers);
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
                onLost.accept("broke the connection: " + PrintableText.of(written.cause()));
              }
            });
  }

  private void awaitAnswer(String method, Patience patience) {
    cancelTimer();
    long millis = patience.time.toMillis();
    timer =
        context
            .executor()
            .schedule(
                () ->
                    patience.over.accept(
                        "did not answer " + method + " within " + millis / 1000.0 + " s"),
                millis,
                TimeUnit.MILLISECONDS);
  }

  void cancelTimer() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }

  /**
   * Takes an answer. One that asks to log in is followed by the same request again.
   *
   * @return the method that it finally answers; empty when it answers none, or not yet
   * @throws RtspException when logging in is not possible
   */
  Optional<String> answered(RtspMessage.Response response) throws RtspException {
    if (response.status() < 200) {
      return Optional.empty();
    }
    boolean late = isLate(response);
    Request request = pending;
    if (request == null || late) {
      return Optional.empty();
    }
    pending = null;
    challenged = false;
    farewell =
        response.headers().all("Connection").stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
    cancelTimer();
    if (response.status() == 401) {
      return unauthorized(response, request);
    }
    if (request.authorized && login != null) {
      login.proven();
    }
    return Optional.of(request.question.method);
  }

  /** Returns whether it answers an earlier request, which then is no longer without an answer. */
  private boolean isLate(RtspMessage.Response response) {
    String number = response.headers().first("CSeq").orElse("");
    return number.matches("\\d{1,9}") && unanswered.remove(Integer.valueOf(number));
  }

  /** A request that need not succeed is not worth the session. */
  private Optional<String> unauthorized(RtspMessage.Response response, Request request)
      throws RtspException {
    try {
      logIn(response, request);
      return Optional.empty();
    } catch (RtspException e) {
      if (request.question.needed) {
        throw e;
      }
      return Optional.of(request.question.method);
    }
  }

  private void logIn(RtspMessage.Response response, Request request) throws RtspException {
    RtspLogin own = login;
    if (own == null) {
      throw new RtspException(
          "asks for a user and a password (401 Unauthorized), and none is given for it");
    }
    Challenge challenge = RtspLogin.chosen(response.headers().all("WWW-Authenticate"));
    if (request.authorized && (request.renewed || !own.isRenewedBy(challenge))) {
      throw new LoginRefusedException();
    }
    own.accept(challenge);
    challenged = true;
    send(request.question, request.authorized);
  }
}
