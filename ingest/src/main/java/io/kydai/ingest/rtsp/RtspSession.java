package io.kydai.ingest.rtsp;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.rtsp.message.RtspDemultiplexer;
import io.kydai.ingest.rtsp.message.RtspException;
import io.kydai.ingest.rtsp.message.RtspMessage;
import io.kydai.ingest.rtsp.message.SkippedBytes;
import io.kydai.ingest.rtsp.transport.InterleavedTransport;
import io.kydai.ingest.rtsp.transport.RtpTransport;
import io.kydai.ingest.rtsp.transport.TransportRefusedException;
import io.kydai.ingest.rtsp.transport.UdpTransport;
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
 * One RTSP session with a camera: {@link SessionSetup}, then {@link KeepAlive} requests, and
 * TEARDOWN. Packets arrive in interleaved frames on the connection, or in UDP datagrams ({@link
 * #overDatagrams}).
 *
 * <p>One request is pending at a time. A response that belongs to no request is ignored, and so is
 * a keep-alive without a response, which does no harm while packets arrive. The camera's own
 * requests are answered; when the camera announces other tracks than it plays, or sends TEARDOWN,
 * the session ends. The observer is called on the event loop.
 *
 * <table>
 * <caption>Limits; those of messages and frames are at {@link RtspDemultiplexer}, those of
 * datagrams at {@link UdpTransport}</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>time to answer each request up to PLAY</td><td>{@link RtspSettings}</td>
 *     <td>the session fails</td></tr>
 * <tr><td>time to answer SETUP of audio or metadata</td><td>a third of that</td>
 *     <td>the track is left out</td></tr>
 * <tr><td>tracks</td><td>3: video, audio, metadata</td><td>others are not set up</td></tr>
 * <tr><td>authentications with the same password</td>
 *     <td>one, and one for each expired nonce</td><td>the session fails</td></tr>
 * <tr><td>bytes sent that the camera has not read yet</td>
 *     <td>64 KiB (Netty's high water mark)</td>
 *     <td>a request fails the session; an RTCP packet is dropped</td></tr>
 * </table>
 */
public final class RtspSession extends ChannelInboundHandlerAdapter
    implements SessionSetup.Listener {
  private enum Phase {
    OPENING,
    PLAYING,
    CLOSING
  }

  private final URI address;
  private final RtspSettings settings;
  private final RtspObserver observer;
  private final @Nullable RtspLogin login;
  private final SessionPackets packets;
  private final RtspDemultiplexer demultiplexer = new RtspDemultiplexer(this::frame);

  private boolean overUdp;
  private Set<MediaTrack.Kind> omitted = Set.of();
  private SessionProgress progress = SessionProgress.NONE;

  // Set when the session is in a pipeline whose channel is active, before any message arrives.
  @SuppressWarnings("NullAway.Init")
  private ChannelHandlerContext context;

  @SuppressWarnings("NullAway.Init")
  private RtspRequests requests;

  @SuppressWarnings("NullAway.Init")
  private RtpTransport transport;

  @SuppressWarnings("NullAway.Init")
  private SessionSetup setup;

  private @Nullable KeepAlive keepAlive;
  private boolean started;
  private Phase phase = Phase.OPENING;
  private boolean ended;

  private RtspSession(
      URI address, @Nullable RtspLogin login, RtspSettings settings, RtspObserver observer) {
    this.address = address;
    this.login = login;
    this.settings = settings;
    this.observer = observer;
    packets = new SessionPackets(observer);
  }

  /** Returns a session that authenticates when the camera asks for it. */
  public static RtspSession withLogin(
      URI address, RtspLogin login, RtspSettings settings, RtspObserver observer) {
    return new RtspSession(address, login, settings, observer);
  }

  /** Returns a session without credentials, which fails when the camera asks for authentication. */
  public static RtspSession withoutLogin(
      URI address, RtspSettings settings, RtspObserver observer) {
    return new RtspSession(address, null, settings, observer);
  }

  /**
   * Requests the packets in UDP datagrams, which TLS or a tunnel of the connection does not cover.
   * To be called before {@link #addTo}, whose pipeline must be that of a socket.
   */
  public RtspSession overDatagrams() {
    overUdp = true;
    return this;
  }

  /** Does not request tracks of those kinds. To be called before {@link #addTo}. */
  public RtspSession without(Set<MediaTrack.Kind> kinds) {
    omitted = Set.copyOf(kinds);
    return this;
  }

  /** Continues from what another connection reached. To be called before {@link #addTo}. */
  public RtspSession resuming(SessionProgress before) {
    progress = before;
    return this;
  }

  /** Adds the session and its demultiplexer at the end of a pipeline. */
  public void addTo(ChannelPipeline pipeline) {
    pipeline.addLast(demultiplexer, this);
  }

  /**
   * Sends an RTCP packet for a track that is set up, and releases it. A packet that cannot be sent
   * at once is dropped. To be called on the event loop.
   *
   * @param track the track's index
   */
  public void sendRtcp(int track, ByteBuf packet) {
    if (packets.accepts(track)) {
      transport.sendControl(track, packet);
    } else {
      packet.release();
    }
  }

  /**
   * Sends TEARDOWN when at least one track is set up, and closes the connection when it is answered
   * or after the teardown timeout. The observer is not called any more.
   *
   * @return a future that completes when the connection is closed
   */
  public Future<Void> close() {
    end();
    if (phase == Phase.CLOSING) {
      return context.channel().closeFuture();
    }
    phase = Phase.CLOSING;
    if (started && setup.isSetUp() && context.channel().isActive()) {
      requests.sendUntimed("TEARDOWN", setup.aggregate());
      // This also ends the waiting when the request could not be written to a full socket.
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
      start();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    start();
    active.fireChannelActive();
  }

  private void start() {
    if (started) {
      return;
    }
    started = true;
    requests =
        new RtspRequests(
            context, login, settings.responseTimeout(), this::fail, this::connectionLost);
    transport =
        overUdp
            ? new UdpTransport(
                context,
                packets,
                settings.datagramTimeout(),
                reason -> endWith(observer::onTransportRefused, reason))
            : new InterleavedTransport(context, packets);
    setup =
        new SessionSetup(
            address.toString(), requests, transport, progress, omitted, this, this::fail);
    try {
      setup.start();
    } catch (RtspException e) {
      fail(e.getMessage());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext from, Object message) {
    try {
      if (message instanceof RtspMessage.Response response) {
        onResponse(response);
      } else if (message instanceof SkippedBytes skipped && !ended) {
        observer.onSkipped(skipped.count());
      } else if (message instanceof RtspMessage.Request request && !ended) {
        onRequest(request);
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
    transport.frame(channel, packet);
  }

  private void onResponse(RtspMessage.Response response) throws RtspException {
    if (ended && phase != Phase.CLOSING) {
      return;
    }
    Optional<String> method = requests.onResponse(response);
    if (method.isEmpty()) {
      return;
    }
    switch (phase) {
      case CLOSING -> context.close();
      case PLAYING -> requireNonNull(keepAlive).onResponse(response, method.get());
      case OPENING -> {
        if (response.isRedirect() && !setup.isOptional(method.get())) {
          redirect(response);
        } else {
          setup.onResponse(response, method.get());
        }
      }
    }
  }

  private void redirect(RtspMessage message) throws RtspException {
    URI target = Redirects.target(address, message.headers().first("Location").orElse(null));
    end();
    observer.onRedirect(target);
  }

  /**
   * Skips malformed bytes from now on, so that they do not end the session when the camera answers
   * the SETUP of another track with them.
   */
  @Override
  public void onVideoSetUp() {
    demultiplexer.enableRecovery(transport::isAssigned);
  }

  @Override
  public void onLeftOut(MediaTrack.Kind kind, String reason) {
    observer.onTrackLeftOut(kind, reason);
  }

  @Override
  public void onSetUp(List<MediaTrack> setUp) {
    if (!ended) {
      packets.begin(setUp.size());
    }
    observer.onTracks(setUp);
  }

  @Override
  public void onPlaying() {
    if (ended) {
      return; // Handling a packet may have ended the session already.
    }
    phase = Phase.PLAYING;
    demultiplexer.enableRecovery(transport::isAssigned);
    Optional<SessionHeader> named = setup.session();
    KeepAlive repeated =
        new KeepAlive(requests, setup.aggregate(), named.isPresent(), setup.publicMethods());
    repeated.start(context.executor(), named.orElse(SessionHeader.UNNAMED).keepAliveInterval());
    keepAlive = repeated;
    observer.onPlaying();
  }

  /** Answers a request of the camera. */
  private void onRequest(RtspMessage.Request request) throws RtspException {
    requests.reply(request.isKnown() ? "200 OK" : "501 Not Implemented", request);
    switch (request.method()) {
      case "REDIRECT" -> redirect(request);
      case "TEARDOWN" -> fail("ended the session (TEARDOWN)");
      case "ANNOUNCE" -> {
        if (setup.isDifferentDescription(request.body())) {
          fail("announces another stream than the one it plays (ANNOUNCE)");
        }
      }
      default -> {}
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    connectionLost(
        Optional.ofNullable(requests)
            .flatMap(RtspRequests::pendingMethod)
            .filter(method -> phase == Phase.OPENING)
            .map(method -> "closed the connection instead of answering " + method)
            .orElse("closed the connection"));
    inactive.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext from, Throwable thrown) {
    String reason = FailureCause.reason(thrown, address);
    if (thrown instanceof IOException) {
      connectionLost(reason);
    } else {
      fail(reason);
    }
  }

  /** Reports that the connection has ended or broken. */
  private void connectionLost(String reason) {
    if (phase == Phase.OPENING && started && requests.mayContinueOnNewConnection()) {
      SessionProgress reached = setup.progress();
      Set<MediaTrack.Kind> suspects = setup.suspects();
      endWith(text -> observer.onConnectionEnded(reached, suspects, text), reason);
    } else {
      fail(reason);
    }
  }

  private void fail(String reason) {
    Set<MediaTrack.Kind> suspects = phase == Phase.OPENING && started ? setup.suspects() : Set.of();
    if (suspects.isEmpty()) {
      endWith(observer::onFailure, reason);
    } else {
      endWith(text -> observer.onTracksRefused(suspects, text), reason);
    }
  }

  private void endWith(Consumer<String> report, String reason) {
    if (!ended) {
      end();
      report.accept(reason);
    }
  }

  /** Ends the session and closes its UDP ports. The connection is left to its owner. */
  private void end() {
    ended = true;
    packets.end();
    if (started) {
      requests.cancelTimer();
      transport.close();
      KeepAlive repeated = keepAlive;
      if (repeated != null) {
        repeated.stop();
      }
    }
  }
}
