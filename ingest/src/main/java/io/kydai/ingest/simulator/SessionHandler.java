package io.kydai.ingest.simulator;

import static java.util.Objects.requireNonNullElse;

import io.kydai.ingest.simulator.SimulatedCamera.Login;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.ResponseFault;
import io.kydai.ingest.simulator.message.ClientMessage;
import io.kydai.ingest.simulator.message.Request;
import io.kydai.ingest.simulator.message.ResponseWriter;
import io.kydai.ingest.simulator.message.TransportRequest;
import io.kydai.ingest.simulator.transport.MediaSink;
import io.kydai.ingest.simulator.transport.Transports;
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

/**
 * Processes the requests of one client: finds the camera, authenticates the client, and holds at
 * most one session. A client without an interleaved session that sends nothing for {@value
 * ResponseWriter#TIMEOUT_SECONDS} s is disconnected.
 */
final class SessionHandler extends SimpleChannelInboundHandler<ClientMessage> {
  private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);
  private static final String METHODS =
      "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, SET_PARAMETER, TEARDOWN";
  private static final Login NOBODY = new Login("", "", true);
  private static final Pattern PATH = Pattern.compile("rtsps?://[^/]+/([^/?]+)(?:[/?].*)?");

  private final Map<String, PlayedCamera> cameras;
  private final Transports transports;
  private final PlaybackScheduler scheduler;
  private final Random random;
  private @Nullable ClientAuthentication authentication;
  private @Nullable ClientAuthentication refusingAuthentication;
  private @Nullable Session session;

  @SuppressWarnings(
      "NullAway.Init") // set when the handler is added to a pipeline, before the first request
  private ResponseWriter responses;

  private long lastMessageAt = System.nanoTime();

  SessionHandler(
      Map<String, PlayedCamera> cameras,
      Transports transports,
      PlaybackScheduler scheduler,
      Random random) {
    this.cameras = cameras;
    this.transports = transports;
    this.scheduler = scheduler;
    this.random = random;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    responses = new ResponseWriter(ctx.channel());
    ctx.executor()
        .schedule(() -> endIfSilent(ctx), ResponseWriter.TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Closes the connection of a silent client. An interleaved session needs no timeout, because its
   * connection fails when the client is gone.
   */
  private void endIfSilent(ChannelHandlerContext ctx) {
    if (!ctx.channel().isActive()) {
      return;
    }
    boolean interleaved = session != null && session.isInterleaved();
    long silent = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastMessageAt);
    if (!interleaved && silent > ResponseWriter.TIMEOUT_SECONDS) {
      ctx.close();
    } else {
      ctx.executor()
          .schedule(() -> endIfSilent(ctx), ResponseWriter.TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ClientMessage message) {
    lastMessageAt = System.nanoTime();
    if (message instanceof ClientMessage.Rtcp rtcp) {
      if (session != null) {
        session.onRtcp(rtcp);
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
    asked.ifPresent(camera -> camera.addClient(ctx.channel()));
    if (asked.filter(PlayedCamera::isDown).isPresent()) {
      responses.respond(request, Fault.NONE, "503 Service Unavailable");
      ctx.close();
    } else if (respondsWrongly(ctx, request, fault)) {
      LOG.debug(
          "client {} got a wrong response, by the camera's fault", ctx.channel().remoteAddress());
    } else if (request.method().equals("OPTIONS")) {
      responses.respond(request, fault, "200 OK", "Public: " + METHODS + "\r\n", "");
    } else if (asked.isEmpty()) {
      responses.respond(request, fault, "404 Not Found");
    } else {
      authenticate(ctx, request, asked.get());
    }
  }

  /** Returns whether the camera's fault replaces the response, after it has done so. */
  private boolean respondsWrongly(ChannelHandlerContext ctx, Request request, Fault fault) {
    String method = request.method();
    IntPredicate about =
        track ->
            switch (method) {
              case "SETUP" -> Description.track(request.uri()) == track;
              case "PLAY" -> session != null && session.has(track);
              default -> false;
            };
    if (fault.response(ResponseFault.Kind.MUTE, method, about).isPresent()) {
      return true;
    }
    if (fault.response(ResponseFault.Kind.HANG_UP, method, about).isPresent()) {
      ctx.close();
      return true;
    }
    if (fault.response(ResponseFault.Kind.BABBLE, method, about).isPresent()) {
      responses.babble();
      return true;
    }
    Optional<ResponseFault> status =
        fault
            .response(ResponseFault.Kind.STATUS, method, about)
            .or(
                () ->
                    fault
                        .response(ResponseFault.Kind.NO_RANGE, method)
                        .filter(step -> !request.header("range").isEmpty()));
    status.ifPresent(step -> responses.respond(request, fault, step.code() + " As Told"));
    return status.isPresent();
  }

  /** Serves the request if its credentials are right, and responses with 401 otherwise. */
  private void authenticate(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    Fault fault = asked.fault();
    Login login = asked.camera().login();
    if (fault.response(ResponseFault.Kind.WRONG_PASSWORD, request.method()).isPresent()) {
      // A camera without a login asks for one while it has this fault.
      ClientAuthentication refusing =
          refusingAuthentication == null
              ? newAuthentication(requireNonNullElse(login, NOBODY))
              : refusingAuthentication;
      refusingAuthentication = refusing;
      responses.respond(request, fault, "401 Unauthorized", refusing.challenge(), "");
      return;
    }
    if (login != null) {
      // A client that requests another camera gets another nonce.
      ClientAuthentication current =
          fault.has(ResponseFault.Kind.CLOSE_AFTER)
              ? asked.authentication(() -> newAuthentication(login))
              : authentication != null && authentication.isFor(login)
                  ? authentication
                  : newAuthentication(login);
      authentication = current;
      if (!current.accepts(request)) {
        responses.respond(request, fault, "401 Unauthorized", current.challenge(), "");
        return;
      }
    }
    serve(ctx, request, asked);
  }

  private ClientAuthentication newAuthentication(Login login) {
    return new ClientAuthentication(
        login, () -> HexFormat.of().toHexDigits(random.nextLong()), System::nanoTime);
  }

  private void serve(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    Fault fault = asked.fault();
    String given = request.header("session").split(";", 2)[0].strip();
    // A client that was not given the session's id is identified by its connection.
    boolean unnamed = given.isEmpty() && fault.has(ResponseFault.Kind.NO_SESSION);
    Optional<Session> ours =
        Optional.ofNullable(session)
            .filter(one -> one.isOf(asked) && (unnamed || one.id().equals(given)));
    if (!given.isEmpty() && ours.isEmpty()) {
      responses.respond(request, fault, "454 Session Not Found");
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
                responses.respond(request, fault, "200 OK", headers, "");
                one.play();
              },
              () -> responses.respond(request, fault, "455 Method Not Valid in This State"));
      case "GET_PARAMETER", "SET_PARAMETER" ->
          responses.respond(request, fault, "200 OK", named, "");
      case "TEARDOWN" -> {
        end();
        responses.respond(request, fault, "200 OK", named, "");
      }
      default ->
          responses.respond(
              request, fault, "405 Method Not Allowed", "Allow: " + METHODS + "\r\n", "");
    }
  }

  private static boolean isNamed(Fault fault, Request request) {
    return fault.response(ResponseFault.Kind.NO_SESSION, request.method()).isEmpty();
  }

  private void describe(Request request, PlayedCamera asked) {
    Fault fault = asked.fault();
    boolean noBase =
        fault.response(ResponseFault.Kind.NO_CONTENT_BASE, request.method()).isPresent();
    String base = noBase ? "" : "Content-Base: " + request.base() + "\r\n";
    responses.respond(
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
      responses.respond(request, fault, "404 Not Found");
      return;
    }
    // There is a session that the request does not name, or the track is set up already.
    boolean busy = session != null && ours == null;
    if (busy || ours != null && !ours.isFree(track)) {
      responses.respond(request, fault, "455 Method Not Valid in This State");
      return;
    }
    Optional<TransportRequest> wanted =
        TransportRequest.parse(request.header("transport"), 2 * track);
    if (wanted.isEmpty()) {
      responses.respond(request, fault, "461 Unsupported Transport");
      return;
    }
    Session one = ours == null ? begin(ctx, request, asked) : ours;
    session = one;
    transports
        .open(ctx.channel(), wanted.get(), rtcp -> onRtcp(one, track, rtcp))
        .addListener(
            opened -> {
              if (!opened.isSuccess()) {
                LOG.warn("no pair of UDP ports for a client", opened.cause());
                responses.respond(request, fault, "500 Internal Server Error");
                return;
              }
              Transports.OpenTransport transport = (Transports.OpenTransport) opened.getNow();
              MediaSink sink =
                  fault.has(ResponseFault.Kind.ONE_CHANNEL)
                      ? transport.sink().onOneChannel()
                      : transport.sink();
              if (!ctx.channel().isActive() || !one.add(track, sink)) {
                transport.sink().close();
                return;
              }
              boolean silent =
                  fault.response(ResponseFault.Kind.NO_TIMEOUT, request.method()).isPresent();
              String timeout = silent ? "" : ";timeout=" + ResponseWriter.TIMEOUT_SECONDS;
              boolean renamed = ours != null && fault.has(ResponseFault.Kind.NEW_SESSION);
              String id = renamed ? HexFormat.of().toHexDigits(random.nextLong()) : one.id();
              String named = isNamed(fault, request) ? "Session: " + id + timeout + "\r\n" : "";
              String headers = "Transport: " + transport.header() + "\r\n" + named;
              responses.respond(request, fault, "200 OK", headers, "");
            });
  }

  /** Processes RTCP over UDP, which also keeps the session alive (RFC 2326, section 12.37). */
  private void onRtcp(Session one, int track, byte[] rtcp) {
    lastMessageAt = System.nanoTime();
    one.onRtcp(track, rtcp);
  }

  private Session begin(ChannelHandlerContext ctx, Request request, PlayedCamera asked) {
    String id = HexFormat.of().toHexDigits(random.nextLong());
    String uri = request.uri().replaceFirst("/trackID=[0-9]/?$", "");
    return new Session(id, asked, uri, ctx.channel(), responses, scheduler, random);
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
