package io.kydai.ingest.simulator;

import static java.util.Objects.requireNonNullElse;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.ResponseFault;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client: finds the camera that it asks for, lets it in, and has at most one session. */
final class SessionHandler extends SimpleChannelInboundHandler<ClientMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);
  private static final String METHODS =
      "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";
  private static final Login NOBODY = new Login("", "", true);
  private static final Pattern PATH = Pattern.compile("rtsps?://[^/]+/([^/?]+)(?:[/?].*)?");

  private final Map<String, PlayedCamera> cameras;
  private final Transports transports;
  private final PlaybackScheduler conductor;
  private final Random random;
  private @Nullable ClientAuthentication gate;
  private @Nullable ClientAuthentication closedGate;
  private @Nullable Session session;

  @SuppressWarnings(
      "NullAway.Init") // set when it is added to a pipeline, before a request can come
  private ResponseWriter answers;

  private long heard = System.nanoTime();

  SessionHandler(
      Map<String, PlayedCamera> cameras,
      Transports transports,
      PlaybackScheduler conductor,
      Random random) {
    this.cameras = cameras;
    this.transports = transports;
    this.conductor = conductor;
    this.random = random;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    answers = new ResponseWriter(ctx.channel());
    ctx.executor()
        .schedule(() -> endIfSilent(ctx), ResponseWriter.TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends a session over UDP whose client is gone; over TCP the connection itself tells. */
  private void endIfSilent(ChannelHandlerContext ctx) {
    if (!ctx.channel().isActive()) {
      return;
    }
    boolean interleaved = session != null && session.isInterleaved();
    long silent = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - heard);
    if (!interleaved && silent > ResponseWriter.TIMEOUT_SECONDS) {
      ctx.close();
    } else {
      ctx.executor()
          .schedule(() -> endIfSilent(ctx), ResponseWriter.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ClientMessage message) {
    heard = System.nanoTime();
    if (message instanceof ClientMessage.Rtcp rtcp) {
      if (session != null) {
        session.hear(rtcp);
      }
    } else if (message instanceof Request request) {
      request(ctx, request);
    }
  }

  private void request(ChannelHandlerContext ctx, Request request) {
    Matcher path = PATH.matcher(request.uri());
    Optional<PlayedCamera> asked =
        path.matches() ? Optional.ofNullable(cameras.get(path.group(1))) : Optional.empty();
    Fault fault = asked.map(PlayedCamera::fault).orElse(Fault.NONE);
    asked.ifPresent(camera -> camera.client(ctx.channel()));
    if (asked.filter(PlayedCamera::isDown).isPresent()) {
      answers.answer(request, Fault.NONE, "503 Service Unavailable");
      ctx.close();
    } else if (misanswered(ctx, request, fault)) {
      LOG.debug("client {} got a wrong answer, as told", ctx.channel().remoteAddress());
    } else if (request.method().equals("OPTIONS")) {
      answers.answer(request, fault, "200 OK", "Public: " + METHODS + "\r\n", "");
    } else if (asked.isEmpty()) {
      answers.answer(request, fault, "404 Not Found");
    } else {
      enter(ctx, request, asked.get());
    }
  }

  private boolean misanswered(ChannelHandlerContext ctx, Request request, Fault fault) {
    String method = request.method();
    IntPredicate about =
        track ->
            switch (method) {
              case "SETUP" -> Description.track(request.uri()) == track;
              case "PLAY" -> session != null && session.has(track);
              default -> false;
            };
    if (fault.answer(ResponseFault.Kind.MUTE, method, about).isPresent()) {
      return true;
    }
    if (fault.answer(ResponseFault.Kind.HANG_UP, method, about).isPresent()) {
      ctx.close();
      return true;
    }
    if (fault.answer(ResponseFault.Kind.BABBLE, method, about).isPresent()) {
      answers.babble();
      return true;
    }
    Optional<ResponseFault> status =
        fault
            .answer(ResponseFault.Kind.STATUS, method, about)
            .or(
                () ->
                    fault
                        .answer(ResponseFault.Kind.NO_RANGE, method)
                        .filter(step -> !request.header("range").isEmpty()));
    status.ifPresent(step -> answers.answer(request, fault, step.code() + " As Told"));
    return status.isPresent();
  }

  private void enter(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    Fault fault = asked.fault();
    Login login = asked.camera().login();
    if (fault.answer(ResponseFault.Kind.WRONG_PASSWORD, request.method()).isPresent()) {
      // A camera that lets everybody in has a password only while it has the wrong one.
      ClientAuthentication closed =
          closedGate == null ? gate(requireNonNullElse(login, NOBODY)) : closedGate;
      closedGate = closed;
      answers.answer(request, fault, "401 Unauthorized", closed.challenge(), "");
      return;
    }
    if (login != null) {
      // A client that turns to another camera meets another gate.
      ClientAuthentication here =
          fault.has(ResponseFault.Kind.CLOSE_AFTER)
              ? asked.gate(() -> gate(login))
              : gate != null && gate.guards(login) ? gate : gate(login);
      gate = here;
      if (!here.opens(request)) {
        answers.answer(request, fault, "401 Unauthorized", here.challenge(), "");
        return;
      }
    }
    serve(ctx, request, asked);
  }

  private ClientAuthentication gate(Login login) {
    return new ClientAuthentication(
        login, () -> HexFormat.of().toHexDigits(random.nextLong()), System::nanoTime);
  }

  private void serve(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    Fault fault = asked.fault();
    String given = request.header("session").split(";", 2)[0].strip();
    // A client that was not told the session's name is known by its connection.
    boolean unnamed = given.isEmpty() && fault.has(ResponseFault.Kind.NO_SESSION);
    Optional<Session> ours =
        Optional.ofNullable(session)
            .filter(one -> one.isOf(asked) && (unnamed || one.id().equals(given)));
    if (!given.isEmpty() && ours.isEmpty()) {
      answers.answer(request, fault, "454 Session Not Found");
      return;
    }
    String named =
        ours.filter(one -> isNamed(fault, request))
            .map(one -> "Session: " + one.id() + "\r\n")
            .orElse("");
    switch (request.method()) {
      case "DESCRIBE" -> describe(request, asked);
      case "SETUP" -> setup(ctx, request, asked, ours.orElse(null));
      case "PLAY" ->
          ours.ifPresentOrElse(
              one -> {
                String headers = named + one.prepare(request.base());
                answers.answer(request, fault, "200 OK", headers, "");
                one.play();
              },
              () -> answers.answer(request, fault, "455 Method Not Valid in This State"));
      case "GET_PARAMETER", "SET_PARAMETER" -> answers.answer(request, fault, "200 OK", named, "");
      case "TEARDOWN" -> {
        end();
        answers.answer(request, fault, "200 OK", named, "");
      }
      default ->
          answers.answer(
              request, fault, "405 Method Not Allowed", "Allow: " + METHODS + "\r\n", "");
    }
  }

  private static boolean isNamed(Fault fault, Request request) {
    return fault.answer(ResponseFault.Kind.NO_SESSION, request.method()).isEmpty();
  }

  private void describe(Request request, PlayedCamera asked) {
    Fault fault = asked.fault();
    boolean noBase = fault.answer(ResponseFault.Kind.NO_CONTENT_BASE, request.method()).isPresent();
    String base = noBase ? "" : "Content-Base: " + request.base() + "\r\n";
    answers.answer(
        request,
        fault,
        "200 OK",
        "Content-Type: application/sdp\r\n" + base,
        Description.of(asked));
  }

  private void setup(
      ChannelHandlerContext ctx, Request request, PlayedCamera asked, @Nullable Session ours) {
    Fault fault = asked.fault();
    int track = Description.track(request.uri());
    if (track >= asked.tracks().size()) {
      answers.answer(request, fault, "404 Not Found");
      return;
    }
    // A session under way without its name in the request, or a track set up twice.
    boolean busy = session != null && ours == null;
    if (busy || ours != null && !ours.isFree(track)) {
      answers.answer(request, fault, "455 Method Not Valid in This State");
      return;
    }
    Optional<TransportRequest> wanted =
        TransportRequest.parse(request.header("transport"), 2 * track);
    if (wanted.isEmpty()) {
      answers.answer(request, fault, "461 Unsupported Transport");
      return;
    }
    Session one = ours == null ? begin(ctx, request, asked) : ours;
    session = one;
    transports
        .open(ctx.channel(), wanted.get(), rtcp -> hear(one, track, rtcp))
        .addListener(
            opened -> {
              if (!opened.isSuccess()) {
                LOG.warn("no pair of UDP ports for a client", opened.cause());
                answers.answer(request, fault, "500 Internal Server Error");
                return;
              }
              Transports.Way way = (Transports.Way) opened.getNow();
              MediaSink sink =
                  fault.has(ResponseFault.Kind.ONE_CHANNEL)
                      ? way.sink().onOneChannel()
                      : way.sink();
              if (!ctx.channel().isActive() || !one.add(track, sink)) {
                way.sink().close();
                return;
              }
              boolean silent =
                  fault.answer(ResponseFault.Kind.NO_TIMEOUT, request.method()).isPresent();
              String timeout = silent ? "" : ";timeout=" + ResponseWriter.TIMEOUT_SECONDS;
              boolean renamed = ours != null && fault.has(ResponseFault.Kind.NEW_SESSION);
              String id = renamed ? HexFormat.of().toHexDigits(random.nextLong()) : one.id();
              String named = isNamed(fault, request) ? "Session: " + id + timeout + "\r\n" : "";
              String headers = "Transport: " + way.header() + "\r\n" + named;
              answers.answer(request, fault, "200 OK", headers, "");
            });
  }

  /** RTCP over UDP also shows that the client lives (RFC 2326, section 12.37). */
  private void hear(Session one, int track, byte[] rtcp) {
    heard = System.nanoTime();
    one.hear(track, rtcp);
  }

  private Session begin(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    String id = HexFormat.of().toHexDigits(random.nextLong());
    String uri = request.uri().replaceFirst("/trackID=[0-9]/?$", "");
    return new Session(id, asked, uri, ctx.channel(), answers, conductor, random);
  }

  private void end() {
    if (session != null) {
      session.end();
      session = null;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Channel client = ctx.channel();
    LOG.debug("client {} ended: {}", client.remoteAddress(), cause.toString());
    ctx.close();
  }
}
