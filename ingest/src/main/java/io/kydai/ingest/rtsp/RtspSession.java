package io.kydai.ingest.rtsp;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One conversation with a camera: {@link SessionSetup}, then {@link KeepAlive}s, and TEARDOWN.
 * Packets come in frames on the connection, or in datagrams ({@link #overDatagrams}).
 *
 * <p>One request is under way at a time. An answer that belongs to none is passed over, and so is
 * an unanswered keep-alive: while pictures come, that does no harm. What the camera asks is
 * answered; when it announces other tracks than it plays, or tears the session down, the session
 * ends. The observer is called on the event loop.
 *
 * <table>
 * <caption>Limits; those of messages and frames are at {@link RtspDemultiplexer}, those of
 * datagrams at {@link UdpTransport}</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>time to answer, until PLAY is</td><td>{@link RtspSettings}</td><td>it fails</td></tr>
 * <tr><td>time to answer SETUP of sound or metadata</td><td>a third of that</td>
 *     <td>the track is left out</td></tr>
 * <tr><td>tracks</td><td>3: video, sound, metadata</td><td>others are not set up</td></tr>
 * <tr><td>log-ins with the same password</td><td>one, and one for each expired nonce</td>
 *     <td>it fails</td></tr>
 * <tr><td>bytes that the camera does not read</td><td>64 KiB (Netty's mark)</td>
 *     <td>it fails; RTCP of ours is dropped</td></tr>
 * </table>
 */
public final class RtspSession extends ChannelInboundHandlerAdapter
    implements SessionSetup.Listener {
  /** RTCP's types from the sender report to those of applications (RFC 3550, section 12.1). */
  private static final int SENDER_REPORT = 200;

  private static final int LAST_REPORT = 204;

  private enum Phase {
    OPENING,
    PLAYING,
    CLOSING
  }

  private final URI address;
  private final RtspSettings settings;
  private final RtspObserver observer;
  private final @Nullable RtspLogin login;
  private final RtspDemultiplexer demultiplexer = new RtspDemultiplexer(this::frame);

  private boolean datagrams;
  private Set<MediaTrack.Kind> omitted = Set.of();
  private SessionProgress progress = SessionProgress.NONE;

  // Set when the session is in a pipeline whose channel is active, before anything can come.
  @SuppressWarnings("NullAway.Init")
  private ChannelHandlerContext context;

  @SuppressWarnings("NullAway.Init")
  private RtspRequests exchange;

  @SuppressWarnings("NullAway.Init")
  private RtpTransport delivery;

  @SuppressWarnings("NullAway.Init")
  private SessionSetup opening;

  private @Nullable KeepAlive keepAlive;
  private boolean begun;
  private Phase phase = Phase.OPENING;
  private int tracks; // 0 until all are set up
  private boolean ended;

  private RtspSession(
      URI address, @Nullable RtspLogin login, RtspSettings settings, RtspObserver observer) {
    this.address = address;
    this.login = login;
    this.settings = settings;
    this.observer = observer;
  }

  /** Opens sessions that log in when they are asked to. */
  public static RtspSession withLogin(
      URI address, RtspLogin login, RtspSettings settings, RtspObserver observer) {
    return new RtspSession(address, login, settings, observer);
  }

  /** Opens sessions that end when they are asked to log in. */
  public static RtspSession withoutLogin(
      URI address, RtspSettings settings, RtspObserver observer) {
    return new RtspSession(address, null, settings, observer);
  }

  /**
   * Asks for the packets in UDP datagrams, which go past what encrypts or tunnels the connection.
   * To be called before {@link #addTo}, whose pipeline must be that of a socket.
   */
  public RtspSession overDatagrams() {
    datagrams = true;
    return this;
  }

  /** Does not ask for tracks of those kinds. To be called before {@link #addTo}. */
  public RtspSession without(Set<MediaTrack.Kind> kinds) {
    omitted = Set.copyOf(kinds);
    return this;
  }

  /** Goes on from what another connection came to. To be called before {@link #addTo}. */
  public RtspSession resuming(SessionProgress before) {
    progress = before;
    return this;
  }

  /** Puts the session and what it needs at the end of a pipeline. */
  public void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(demultiplexer, this);
  }

  /**
   * Sends an RTCP packet of ours for a track that is set up, and releases it. One that cannot leave
   * at once is dropped. To be called on the event loop.
   */
  public void sendRtcp(int track, ByteBuf packet) {
    if (ended || track >= tracks) {
      packet.release();
    } else {
      delivery.sendControl(track, packet);
    }
  }

  /**
   * Says TEARDOWN where there is a session and closes the connection when it is answered, or after
   * the teardown time. The observer hears nothing more.
   *
   * @return completes when the connection is closed
   */
  public Future<Void> close() {
    end();
    if (phase == Phase.CLOSING) {
      return context.channel().closeFuture();
    }
    phase = Phase.CLOSING;
    if (begun && opening.isSetUp() && context.channel().isActive()) {
      exchange.mention("TEARDOWN", opening.aggregate());
      // When a full socket cannot even take the request, this ends the waiting too.
      context
          .executor()
          .schedule(
              () -> context.close(), settings.teardownTimeout().toMillis(), TimeUnit.MILLISECONDS);
    } else {
      context.close();
    }
    return context.channel().closeFuture();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
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
    if (begun) {
      return;
    }
    begun = true;
    exchange = new RtspRequests(context, login, settings.responseTimeout(), this::fail, this::lost);
    delivery =
        datagrams
            ? new UdpTransport(
                context,
                this::packet,
                settings.datagramTimeout(),
                reason -> endWith(observer::onTransportRefused, reason))
            : new InterleavedTransport(context, this::packet);
    opening =
        new SessionSetup(
            address.toString(), exchange, delivery, progress, omitted, this, this::fail);
    try {
      opening.begin();
    } catch (RtspException e) {
      fail(e.getMessage());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    try {
      if (message instanceof RtspMessage.Response response) {
        answered(response);
      } else if (message instanceof SkippedBytes skipped && !ended) {
        observer.onSkipped(skipped.count());
      } else if (message instanceof RtspMessage.Request request && !ended) {
        asked(request);
      }
    } catch (LoginRefusedException e) {
      endWith(observer::onLoginRefused, e.getMessage());
    } catch (TransportRefusedException e) {
      endWith(observer::onTransportRefused, e.getMessage());
    } catch (RtspException e) {
      fail(e.getMessage());
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void frame(int channel, ByteBuf packet) {
    delivery.frame(channel, packet);
  }

  private void packet(int track, boolean control, ByteBuf packet) {
    if (ended || track >= tracks) {
      return; // Too late, too early, or of a track that was left out.
    } else if (control || isReport(packet)) {
      observer.onRtcp(track, packet);
    } else {
      observer.onRtp(track, packet);
    }
  }

  /**
   * Some cameras send their reports on the channel of the packets; the types of RTCP are no types
   * of packets then (RFC 5761, section 4).
   */
  private static boolean isReport(ByteBuf packet) {
    if (packet.readableBytes() < 8) {
      return false;
    }
    int type = packet.getUnsignedByte(packet.readerIndex() + 1);
    return type >= SENDER_REPORT && type <= LAST_REPORT;
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
      case PLAYING -> requireNonNull(keepAlive).answered(response, method.get());
      case OPENING -> {
        if (response.isRedirect() && !opening.isOptional(method.get())) {
          redirect(response);
        } else {
          opening.answered(response, method.get());
        }
      }
    }
  }

  private void redirect(RtspMessage message) throws RtspException {
    URI target = Redirects.target(address, message.headers().first("Location").orElse(null));
    end();
    observer.onRedirect(target);
  }

  /** What makes no sense among the answers about other tracks does not cost the video. */
  @Override
  public void onVideoSetUp() {
    demultiplexer.recover(delivery::knows);
  }

  @Override
  public void onLeftOut(MediaTrack.Kind kind, String reason) {
    observer.onTrackLeftOut(kind, reason);
  }

  @Override
  public void onSetUp(List<MediaTrack> setUp) {
    tracks = setUp.size();
    observer.onTracks(setUp);
  }

  @Override
  public void onPlaying() {
    if (ended) {
      return; // A track's packet may have ended the session already.
    }
    phase = Phase.PLAYING;
    demultiplexer.recover(delivery::knows);
    Optional<SessionHeader> named = opening.session();
    KeepAlive repeated =
        new KeepAlive(exchange, opening.aggregate(), named.isPresent(), opening.offered());
    repeated.start(context.executor(), named.orElse(SessionHeader.UNNAMED).keepAliveInterval());
    keepAlive = repeated;
    observer.onPlaying();
  }

  /** Answers what the camera asks. */
  private void asked(RtspMessage.Request request) throws RtspException {
    exchange.reply(request.isKnown() ? "200 OK" : "501 Not Implemented", request);
    switch (request.method()) {
      case "REDIRECT" -> redirect(request);
      case "TEARDOWN" -> fail("ended the session (TEARDOWN)");
      case "ANNOUNCE" -> {
        if (opening.isNews(request.body())) {
          fail("announces another stream than the one it plays (ANNOUNCE)");
        }
      }
      default -> {}
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    lost(
        Optional.ofNullable(exchange)
            .flatMap(RtspRequests::waitingFor)
            .filter(method -> phase == Phase.OPENING)
            .map(method -> "closed the connection instead of answering " + method)
            .orElse("closed the connection"));
    inactive.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable thrown) {
    String reason = FailureCause.reason(thrown, address);
    if (thrown instanceof IOException) {
      lost(reason);
    } else {
      fail(reason);
    }
  }

  /** The connection is gone. */
  private void lost(String reason) {
    if (phase == Phase.OPENING && begun && exchange.mayGoOnElsewhere()) {
      SessionProgress come = opening.progress();
      Set<MediaTrack.Kind> suspects = opening.suspects();
      endWith(said -> observer.onConnectionEnded(come, suspects, said), reason);
    } else {
      fail(reason);
    }
  }

  private void fail(String reason) {
    Set<MediaTrack.Kind> suspects = phase == Phase.OPENING && begun ? opening.suspects() : Set.of();
    if (suspects.isEmpty()) {
      endWith(observer::onFailure, reason);
    } else {
      endWith(said -> observer.onTracksRefused(suspects, said), reason);
    }
  }

  private void endWith(Consumer<String> told, String reason) {
    if (!ended) {
      end();
      told.accept(reason);
    }
  }

  /** The ports that packets come to are closed here too; the connection is left to its owner. */
  private void end() {
    ended = true;
    if (begun) {
      exchange.cancelTimer();
      delivery.close();
      KeepAlive repeated = keepAlive;
      if (repeated != null) {
        repeated.stop();
      }
    }
  }
}
