package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kydai.ingest.login.Challenge;
import io.kydai.ingest.rtsp.message.PrintableText;
import io.kydai.ingest.rtsp.message.RtspException;
import io.kydai.ingest.rtsp.message.RtspHeaders;
import io.kydai.ingest.rtsp.message.RtspMessage;
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
 * Sends a session's requests and assigns the responses to them. Requests are numbered ({@code
 * CSeq}), and repeated with credentials when the camera asks for authentication. One request is
 * pending at a time. The pending request is answered by a response with its number or, since some
 * cameras number their responses wrongly, by any response whose number is not that of an earlier
 * request that is still unanswered.
 */
final class RtspRequests {
  private static final int MAX_UNANSWERED = 16;

  /**
   * The time limit for a response.
   *
   * @param time the time from sending the request
   * @param exceeded called with a reason when the time has passed without a response; the reason
   *     continues the sentence "the camera …"
   */
  private record AnswerLimit(Duration time, Consumer<String> exceeded) {}

  /**
   * A request without its number and credentials.
   *
   * @param extra header fields besides those that every request has
   * @param needed whether the session cannot continue when authentication for it fails
   * @param limit the time limit for the response; null when the response may never arrive
   */
  private record RequestSpec(
      String method, String uri, RtspHeaders extra, boolean needed, @Nullable AnswerLimit limit) {}

  /**
   * The request that was sent and not answered yet.
   *
   * @param sequence its {@code CSeq}
   * @param authorized whether it was sent with an {@code Authorization}
   * @param renewed whether it repeats a request that had an {@code Authorization} already
   */
  private record PendingRequest(
      int sequence, RequestSpec spec, boolean authorized, boolean renewed) {}

  private final ChannelHandlerContext context;
  private final @Nullable RtspLogin login;
  private final Duration responseTimeout;
  private final Consumer<String> onFailure;
  private final Consumer<String> onLost;

  /** The numbers of the last requests that were not answered, at most {@link #MAX_UNANSWERED}. */
  private final Deque<Integer> unanswered = new ArrayDeque<>();

  private int sequence;
  private @Nullable String session;
  private @Nullable PendingRequest pending;
  private @Nullable ScheduledFuture<?> timer;

  /** Whether the last request repeats one that was answered by a challenge. */
  private boolean challenged;

  /** Whether the last response announced that the camera closes the connection. */
  private boolean closeAnnounced;

  /**
   * @param login the camera's credentials; null when there are none
   * @param responseTimeout the time limit for responses to the requests that a session needs
   * @param onFailure called with the reason when a needed response did not arrive in time or the
   *     camera does not read
   * @param onLost called with the reason when the connection broke
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

  /** Sets the session identifier that the next requests contain. */
  void setSession(String id) {
    session = id;
  }

  /** Returns the method of the pending request; empty when there is none. */
  Optional<String> pendingMethod() {
    return Optional.ofNullable(pending).map(request -> request.spec.method);
  }

  /**
   * Returns whether the end of the connection at this point is no fault and the session may
   * continue on another connection, because the camera announced the end or closes connections with
   * its challenges.
   */
  boolean mayContinueOnNewConnection() {
    return challenged || closeAnnounced;
  }

  /**
   * Returns whether the last response, which was no challenge, announced that the camera closes the
   * connection.
   */
  boolean isCloseAnnounced() {
    return closeAnnounced && !challenged;
  }

  /** Sends a request that must be answered within the response timeout. */
  void sendRequired(String method, String uri, RtspHeaders extra) {
    AnswerLimit limit = new AnswerLimit(responseTimeout, onFailure);
    send(new RequestSpec(method, uri, extra, true, limit), false);
  }

  /**
   * Sends a request whose failure does not end the session.
   *
   * @param unanswered called with the reason when no response arrived within a third of the
   *     response timeout
   */
  void sendOptional(String method, String uri, RtspHeaders extra, Consumer<String> unanswered) {
    AnswerLimit limit = new AnswerLimit(responseTimeout.dividedBy(3), unanswered);
    send(new RequestSpec(method, uri, extra, false, limit), false);
  }

  /** Sends a request without a time limit for its response, which may never arrive. */
  void sendUntimed(String method, String uri) {
    send(new RequestSpec(method, uri, new RtspHeaders(), false, null), false);
  }

  private void send(RequestSpec spec, boolean renewed) {
    PendingRequest late = pending;
    if (late != null) {
      unanswered.addLast(late.sequence);
      if (unanswered.size() > MAX_UNANSWERED) {
        unanswered.removeFirst();
      }
    }
    Optional<String> authorization =
        Optional.ofNullable(login)
            .flatMap(credentials -> credentials.authorization(spec.method, spec.uri));
    pending = new PendingRequest(++sequence, spec, authorization.isPresent(), renewed);
    RtspHeaders headers = new RtspHeaders().add("CSeq", Integer.toString(sequence));
    headers.add("User-Agent", "Kydai");
    authorization.ifPresent(value -> headers.add("Authorization", value));
    addSession(headers);
    StringBuilder text =
        new StringBuilder(spec.method).append(' ').append(spec.uri).append(" RTSP/1.0\r\n");
    headers.writeTo(text);
    spec.extra.writeTo(text);
    write(text);
    AnswerLimit limit = spec.limit;
    if (limit != null) {
      awaitAnswer(spec.method, limit);
    }
  }

  private void addSession(RtspHeaders headers) {
    String id = session;
    if (id != null) {
      headers.add("Session", id);
    }
  }

  /**
   * Sends a response without a body to a request of the camera.
   *
   * @param status the status code and reason phrase, such as {@code 200 OK}
   */
  void reply(String status, RtspMessage.Request request) {
    RtspHeaders headers = new RtspHeaders();
    request.headers().first("CSeq").ifPresent(number -> headers.add("CSeq", number));
    addSession(headers);
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

  private void awaitAnswer(String method, AnswerLimit limit) {
    cancelTimer();
    long millis = limit.time.toMillis();
    timer =
        context
            .executor()
            .schedule(
                () ->
                    limit.exceeded.accept(
                        "did not answer " + method + " within " + millis / 1000.0 + " s"),
                millis,
                TimeUnit.MILLISECONDS);
  }

  /** Cancels the time limit of the pending request. */
  void cancelTimer() {
    ScheduledFuture<?> running = timer;
    if (running != null) {
      running.cancel(false);
      timer = null;
    }
  }

  /**
   * Handles a response. When it is an authentication challenge, the request is sent again with
   * credentials.
   *
   * @return the method of the request that is now answered; empty when the response belongs to no
   *     pending request, is provisional (1xx), or is a challenge
   * @throws RtspException when the camera's authentication is not supported, there are no
   *     credentials, or the camera rejected them
   */
  Optional<String> onResponse(RtspMessage.Response response) throws RtspException {
    if (response.status() < 200) {
      return Optional.empty();
    }
    boolean late = isLate(response);
    PendingRequest request = pending;
    if (request == null || late) {
      return Optional.empty();
    }
    pending = null;
    challenged = false;
    closeAnnounced =
        response.headers().all("Connection").stream()
            .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
    cancelTimer();
    if (response.status() == 401) {
      return unauthorized(response, request);
    }
    if (request.authorized && login != null) {
      login.succeeded();
    }
    return Optional.of(request.spec.method);
  }

  /**
   * Returns whether the response answers an earlier request, and removes that request from the
   * unanswered ones.
   */
  private boolean isLate(RtspMessage.Response response) {
    String number = response.headers().first("CSeq").orElse("");
    return number.matches("\\d{1,9}") && unanswered.remove(Integer.valueOf(number));
  }

  /** Handles a 401. A failure to authenticate an optional request does not end the session. */
  private Optional<String> unauthorized(RtspMessage.Response response, PendingRequest request)
      throws RtspException {
    try {
      logIn(response, request);
      return Optional.empty();
    } catch (RtspException e) {
      if (request.spec.needed) {
        throw e;
      }
      return Optional.of(request.spec.method);
    }
  }

  private void logIn(RtspMessage.Response response, PendingRequest request) throws RtspException {
    RtspLogin credentials = login;
    if (credentials == null) {
      throw new RtspException(
          "asks for a user and a password (401 Unauthorized), and none is given for it");
    }
    Challenge challenge = RtspLogin.chooseChallenge(response.headers().all("WWW-Authenticate"));
    if (request.authorized && (request.renewed || !credentials.isFreshNonce(challenge))) {
      throw new LoginRefusedException();
    }
    credentials.accept(challenge);
    challenged = true;
    send(request.spec, request.authorized);
  }
}
