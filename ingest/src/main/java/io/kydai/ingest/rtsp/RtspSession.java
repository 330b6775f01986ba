package io.kydai.ingest.rtsp;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with a camera: OPTIONS, DESCRIBE, SETUP, PLAY, then keep-alives, and TEARDOWN.
 *
 * <p>One request is under way at a time. An answer that belongs to none is passed over, and so is
 * an unanswered keep-alive: while pictures come, that does no harm. The observer is called on the
 * event loop.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>time to answer, until PLAY is</td><td>{@link RtspSettings}</td><td>it fails</td></tr>
 * <tr><td>log-ins with the same password</td><td>one, and one for each expired nonce</td>
 *     <td>it fails</td></tr>
 * <tr><td>bytes that the camera does not read</td><td>64 KiB (Netty's mark)</td>
 *     <td>it fails</td></tr>
 * </table>
 */
public final class RtspSession extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(RtspSession.class);
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final MediaTransport TRANSPORT = MediaTransport.TCP_INTERLEAVED;

  private enum Phase {
    OPENING,
    PLAYING,
    CLOSING
  }

  private final URI address;
  private final RtspSettings settings;
  private final RtspObserver observer;
  private final Optional<Authenticator> authenticator;

  private ChannelHandlerContext context;
  private Exchange exchange;
  private boolean begun;
  private Phase phase = Phase.OPENING;
  private boolean ended;
  private Optional<ScheduledFuture<?>> keepAliveTimer = Optional.empty();
  private Optional<SessionHeader> session = Optional.empty();
  private MediaTransport.Channels channels = new MediaTransport.Channels(0, 1);
  private List<MediaTrack> chosen = List.of();
  private String aggregate;
  private String keepAlive = "OPTIONS";

  private RtspSession(
      URI address,
      Optional<Authenticator> authenticator,
      RtspSettings settings,
      RtspObserver observer) {
    this.address = address;
    this.authenticator = authenticator;
    this.settings = settings;
    this.observer = observer;
    aggregate = address.toString();
  }

  /** Opens sessions that log in when they are asked to. */
  public static RtspSession withLogin(
      URI address, String user, String password, RtspSettings settings, RtspObserver observer) {
    Authenticator authenticator = new Authenticator(user, password, RtspSession::nonce);
    return new RtspSession(address, Optional.of(authenticator), settings, observer);
  }

  /** Opens sessions that end when they are asked to log in. */
  public static RtspSession withoutLogin(
      URI address, RtspSettings settings, RtspObserver observer) {
    return new RtspSession(address, Optional.empty(), settings, observer);
  }

  /** Puts the session and what it needs at the end of a pipeline. */
  public void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(new RtspDemultiplexer(), this);
  }

  private static String nonce() {
    byte[] bytes = new byte[8];
    RANDOM.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * Says TEARDOWN where there is a session and closes the connection when it is answered, or after
   * the teardown time. The observer hears nothing more.
   *
   * @return completes when the connection is closed
   */
  public Future<Void> close() {
    ended = true;
    cancelTimers();
    if (session.isPresent() && context.channel().isActive() && phase != Phase.CLOSING) {
      phase = Phase.CLOSING;
      exchange.mention("TEARDOWN", aggregate);
      // When a full socket cannot even take the request, this ends the waiting too.
      context
          .executor()
          .schedule(
              () -> context.close(), settings.teardownTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } else if (phase != Phase.CLOSING) {
      phase = Phase.CLOSING;
      context.close();
    }
    return context.channel().closeFuture();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    exchange = new Exchange(added, authenticator, settings.responseTimeout(), this::fail);
    if (added.channel().isActive()) {
      begin();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    begin();
    active.fireChannelActive();
  }

  private void begin() {
    if (!ended && !begun) {
      begun = true;
      exchange.ask("OPTIONS", address.toString(), new RtspHeaders());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    try {
      if (message instanceof InterleavedFrame frame) {
        frame(frame);
      } else if (message instanceof RtspMessage.Response response) {
        answered(response);
      } else if (message instanceof RtspMessage.Request request && !ended) {
        asked(request);
      }
    } catch (LoginRefusedException e) {
      if (!ended) {
        end();
        observer.onLoginRefused(e.getMessage());
      }
    } catch (RtspException e) {
      fail(e.getMessage());
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void frame(InterleavedFrame frame) {
    if (ended || session.isEmpty()) {
      return;
    }
    if (frame.channel() == channels.rtp()) {
      observer.onRtp(0, frame.content());
    } else if (frame.channel() == channels.rtcp()) {
      observer.onRtcp(0, frame.content());
    }
  }

  private void answered(RtspMessage.Response response) throws RtspException {
    if (ended && phase != Phase.CLOSING) {
      return;
    }
    Optional<String> method = exchange.answered(response);
    if (method.isEmpty()) {
      return;
    }
    switch (phase) {
      case CLOSING -> context.close();
      case PLAYING -> keptAlive(response, method.get());
      case OPENING -> {
        if (response.isRedirect()) {
          redirect(response.headers().first("Location"));
        } else {
          next(response, method.get());
        }
      }
    }
  }

  private void redirect(Optional<String> location) throws RtspException {
    URI target = Redirects.target(address, location);
    end();
    observer.onRedirect(target);
  }

  private void next(RtspMessage.Response response, String method) throws RtspException {
    switch (method) {
      case "OPTIONS" -> {
        String offered = response.headers().first("Public").orElse("");
        if (offered.toUpperCase(Locale.ROOT).contains("GET_PARAMETER")) {
          keepAlive = "GET_PARAMETER";
        }
        exchange.ask("DESCRIBE", address.toString(), accept());
      }
      case "DESCRIBE" -> described(response);
      case "SETUP" -> setUp(response);
      case "PLAY" -> playing(response);
      default -> throw new IllegalStateException(method);
    }
  }

  private static RtspHeaders accept() {
    return new RtspHeaders().add("Accept", "application/sdp");
  }

  private static void require(RtspMessage.Response response, String method) throws RtspException {
    if (!response.isSuccess()) {
      throw new RtspException("answers " + method + " with " + response.line());
    }
  }

  private void described(RtspMessage.Response response) throws RtspException {
    require(response, "DESCRIBE");
    if (response.body().length == 0) {
      throw new RtspException("answers DESCRIBE without a session description");
    }
    SessionDescription offer = SessionDescription.parse(new String(response.body(), UTF_8));
    String base = ControlAddress.base(response.headers(), address.toString());
    chosen = MediaTracks.choose(offer, base);
    aggregate = ControlAddress.resolve(base, offer.control());
    RtspHeaders transport = new RtspHeaders().add("Transport", TRANSPORT.offer());
    exchange.ask("SETUP", chosen.get(0).control(), transport);
  }

  private void setUp(RtspMessage.Response response) throws RtspException {
    if (response.status() == 461) {
      throw new RtspException("does not offer RTP over TCP (" + response.line() + ")");
    }
    require(response, "SETUP");
    channels = TRANSPORT.agreed(response.headers().first("Transport"));
    session =
        Optional.of(
            response
                .headers()
                .first("Session")
                .map(SessionHeader::parse)
                .orElseThrow(() -> new RtspException("answers SETUP without a session")));
    exchange.session(session.get().id());
    observer.onTracks(chosen);
    exchange.ask("PLAY", aggregate, new RtspHeaders().add("Range", "npt=0.000-"));
  }

  private void playing(RtspMessage.Response response) throws RtspException {
    require(response, "PLAY");
    phase = Phase.PLAYING;
    long millis = session.orElseThrow().keepAliveInterval().toMillis();
    keepAliveTimer =
        Optional.of(
            context
                .executor()
                .scheduleAtFixedRate(
                    () -> exchange.mention(keepAlive, aggregate),
                    millis,
                    millis,
                    TimeUnit.MILLISECONDS));
    observer.onPlaying();
  }

  private void keptAlive(RtspMessage.Response response, String method) throws RtspException {
    if (response.status() == 454) {
      throw new RtspException("has forgotten the session (" + response.line() + ")");
    }
    if (!response.isSuccess() && method.equals("GET_PARAMETER")) {
      keepAlive = "OPTIONS";
    }
  }

  /** Answers what the camera asks; RFC 2326, section 10, names what it may. */
  private void asked(RtspMessage.Request request) throws RtspException {
    boolean known =
        switch (request.method()) {
          case "OPTIONS", "GET_PARAMETER", "SET_PARAMETER", "ANNOUNCE", "REDIRECT" -> true;
          default -> false;
        };
    exchange.reply(known ? "200 OK" : "501 Not Implemented", request);
    if (request.method().equals("REDIRECT")) {
      redirect(request.headers().first("Location"));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    fail(
        exchange
            .waitingFor()
            .filter(method -> phase == Phase.OPENING)
            .map(method -> "closed the connection instead of answering " + method)
            .orElse("closed the connection"));
    cancelTimers();
    inactive.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable thrown) {
    Throwable cause =
        thrown instanceof DecoderException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    if (cause instanceof RtspException) {
      fail(cause.getMessage());
    } else if (cause instanceof IOException) {
      fail("broke the connection: " + PrintableText.of(cause));
    } else {
      // The host alone: some cameras take the password in the address's query.
      LOG.error("camera at {}: a fault of ours", address.getHost(), cause);
      fail("met a fault of ours: " + cause.getClass().getSimpleName());
    }
  }

  private void fail(String reason) {
    if (!ended) {
      end();
      observer.onFailure(reason);
    }
  }

  private void end() {
    ended = true;
    cancelTimers();
  }

  private void cancelTimers() {
    exchange.cancelTimer();
    keepAliveTimer.ifPresent(timer -> timer.cancel(false));
  }
}
