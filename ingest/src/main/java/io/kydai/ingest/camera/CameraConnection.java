package io.kydai.ingest.camera;

import io.kydai.ingest.connect.CameraConnector;
import io.kydai.ingest.connect.CameraRoute;
import io.kydai.ingest.connect.CheckedAddresses;
import io.kydai.ingest.connect.SecretRedactor;
import io.kydai.ingest.connect.Unreachable;
import io.kydai.ingest.rtsp.HttpTunnel;
import io.kydai.ingest.rtsp.RtspLogin;
import io.kydai.ingest.rtsp.RtspObserver;
import io.kydai.ingest.rtsp.RtspSession;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.rtsp.SessionProgress;
import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.source.BlockedAddresses;
import io.kydai.ingest.source.HostAndPort;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to receive a camera's stream, over one or several consecutive connections. Another
 * connection is opened after a redirect, after the camera refused TCP or UDP, after it closed the
 * connection with its authentication challenge, and after a failure with an optional track. After
 * {@link #close} and after the first {@link ConnectionEvent.Ended} nothing more is reported.
 */
final class CameraConnection implements RtspObserver {
  private static final Logger LOG = LoggerFactory.getLogger(CameraConnection.class);
  private static final int MAX_REDIRECTS = 5;

  /**
   * The number of connections that the camera may close after a response: one each after OPTIONS,
   * DESCRIBE and a 401.
   */
  private static final int MAX_CONTINUATIONS = 3;

  private final CameraRoute route;
  private final Bootstrap bootstrap;
  private final RtspSettings settings;
  private final Consumer<ConnectionEvent> listener;
  private final @Nullable RtspLogin login;
  private final SecretRedactor secrets;
  private final ReceivedTracks tracks;

  private URI address;
  private int redirects;

  /** Whether a host that is not this machine redirected. */
  private boolean redirectedFromOutside;

  private boolean transportSwitched;
  private int continuations;
  private SessionProgress progress = SessionProgress.NONE;

  /** The kinds of tracks that this attempt leaves out, because the camera failed with them. */
  private final Set<MediaTrack.Kind> suspects = EnumSet.noneOf(MediaTrack.Kind.class);

  private boolean closed;
  private @Nullable Channel channel;
  private @Nullable RtspSession session;

  /**
   * Creates an attempt, which {@link #open} starts.
   *
   * @param route the camera's connection parameters
   * @param bootstrap the bootstrap of TCP channels on the camera's event loop
   * @param tracks creates the receivers of the tracks
   * @param listener called for each event, on the event loop
   */
  CameraConnection(
      CameraRoute route,
      Bootstrap bootstrap,
      RtspSettings settings,
      CameraTracks tracks,
      Consumer<ConnectionEvent> listener) {
    this.route = route;
    this.bootstrap = bootstrap;
    this.settings = settings;
    this.tracks = new ReceivedTracks(tracks, listener, this::onFailure);
    this.listener = listener;
    login =
        route
            .source()
            .credentials()
            .map(credentials -> new RtspLogin(credentials.user(), credentials.password()))
            .orElse(null);
    secrets = SecretRedactor.of(route.source());
    address = route.source().address();
  }

  /** Opens a connection to the current address. */
  void open() {
    session = null;
    ChannelFuture connecting;
    try {
      connecting = connector().connect(this::begin, this::failed);
    } catch (RuntimeException e) {
      // Reported later, as every other failure is, when the caller has stored this object.
      channel = null;
      bootstrap
          .config()
          .group()
          .execute(() -> onFailure("cannot be connected to: " + e.getMessage()));
      return;
    }
    Channel opened = connecting.channel();
    channel = opened;
    connecting.addListener(
        done -> {
          if (done.isSuccess() && closed) {
            opened.close();
          } else if (!done.isSuccess() && isCurrent(opened)) {
            onUnreachable(Unreachable.reason(done.cause()));
          }
        });
  }

  /** Reports the failure of a connection, unless it is an earlier one. */
  private void failed(Channel failing, String reason) {
    if (isCurrent(failing)) {
      onFailure(reason);
    }
  }

  private boolean isCurrent(Channel other) {
    return other.equals(channel);
  }

  private CameraConnector connector() {
    Bootstrap checked = redirectedFromOutside ? CheckedAddresses.redirected(bootstrap) : bootstrap;
    return new CameraConnector(address, route, checked, settings.responseTimeout());
  }

  private void begin(ChannelPipeline pipeline) {
    if (closed) {
      pipeline.close();
      return;
    }
    CameraConnector connector = connector();
    if (!connector.isTunnelled()) {
      beginSession(pipeline);
      return;
    }
    Channel first = pipeline.channel();
    HttpTunnel tunnel =
        new HttpTunnel(
            address,
            settings.responseTimeout(),
            second ->
                connector.connectTo(
                    first.remoteAddress(),
                    end -> end.addLast(second),
                    (other, reason) -> first.close()),
            this::beginSession,
            reason -> failed(first, reason));
    loginForHost()
        .ifPresent(
            allowed ->
                tunnel.withLogin(
                    allowed,
                    () ->
                        onConnectionEnded(
                            SessionProgress.NONE, Set.of(), "repeats its authentication challenge"),
                    this::onLoginRefused));
    pipeline.addLast(tunnel);
  }

  private void beginSession(ChannelPipeline pipeline) {
    RtspSession opening = newSession();
    if (route.datagrams() && !CameraConnector.isSecure(address)) {
      opening.overDatagrams();
    }
    Set<MediaTrack.Kind> omitted = EnumSet.copyOf(suspects);
    omitted.addAll(route.leftOut());
    opening.without(omitted).resuming(progress);
    progress = SessionProgress.NONE;
    session = opening;
    opening.addTo(pipeline);
  }

  private RtspSession newSession() {
    return loginForHost()
        .map(allowed -> RtspSession.withLogin(address, allowed, settings, this))
        .orElseGet(() -> RtspSession.withoutLogin(address, settings, this));
  }

  /**
   * Returns the credentials; empty when a redirect led to another host, to which they must not be
   * sent.
   */
  private Optional<RtspLogin> loginForHost() {
    return Optional.ofNullable(login)
        .filter(any -> HostAndPort.same(address, route.source().address()));
  }

  /**
   * Ends the session with TEARDOWN, or the attempt when there is no session yet.
   *
   * @return a future that completes when the connection is closed
   */
  Future<Void> close() {
    closed = true;
    tracks.close();
    RtspSession running = session;
    if (running != null) {
      return running.close();
    }
    Channel current = channel;
    return current != null
        ? current.close()
        : bootstrap.config().group().next().newSucceededFuture(null);
  }

  /**
   * Sends an RTCP packet for a track and releases it. The packet is dropped when it cannot be sent
   * at once or there is no session.
   */
  void sendRtcp(int track, ByteBuf packet) {
    RtspSession running = session;
    if (running != null && !closed) {
      running.sendRtcp(track, packet);
    } else {
      packet.release();
    }
  }

  @Override
  public void onTracks(List<MediaTrack> setUp) {
    boolean mayReorder = route.datagrams() && !CameraConnector.isSecure(address);
    tracks.begin(setUp, mayReorder, packet -> sendRtcp(0, packet));
  }

  private void closeSession() {
    RtspSession running = session;
    if (running != null) {
      running.close();
    }
  }

  @Override
  public void onPlaying() {
    route.leaveOut(suspects);
    listener.accept(new ConnectionEvent.Playing());
  }

  @Override
  public void onRtp(int track, ByteBuf packet) {
    tracks.rtp(track, packet);
  }

  @Override
  public void onRtcp(int track, ByteBuf packet) {
    tracks.rtcp(track, packet);
  }

  @Override
  public void onRedirect(URI target) {
    if (++redirects > MAX_REDIRECTS) {
      onFailure("redirects more than " + MAX_REDIRECTS + " times");
    } else if (!closed) {
      redirectedFromOutside |= !isOnThisMachine(channel);
      closeSession();
      address = target;
      open();
    }
  }

  private static boolean isOnThisMachine(@Nullable Channel channel) {
    return channel != null
        && channel.remoteAddress() instanceof InetSocketAddress remote
        && BlockedAddresses.isOwnMachine(remote.getAddress());
  }

  private void onUnreachable(String reason) {
    if (redirects > 0) {
      onFailure(reason);
    } else if (!closed) {
      listener.accept(new ConnectionEvent.Unreachable(sentence(reason)));
    }
  }

  @Override
  public void onSkipped(int bytes) {
    if (!closed) {
      listener.accept(new ConnectionEvent.BytesSkipped(bytes));
    }
  }

  /**
   * Connects again for the other transport, once in an attempt. The route keeps the transport for
   * later attempts.
   */
  @Override
  public void onTransportRefused(String reason) {
    boolean before = route.datagrams();
    if (closed
        || transportSwitched
        || CameraConnector.isSecure(address)
        || !route.switchTransport()) {
      onFailure(reason);
      return;
    }
    transportSwitched = true;
    LOG.info(
        "camera {}: {}; {} is requested instead",
        route.source().id(),
        sentence(reason),
        before ? "TCP" : "UDP");
    reopen();
  }

  private void reopen() {
    closeSession();
    open();
  }

  @Override
  public void onTrackLeftOut(MediaTrack.Kind kind, String reason) {
    LOG.info(
        "camera {}: {}; the video is played without that track",
        route.source().id(),
        sentence(reason));
    suspects.add(kind);
  }

  /**
   * Connects again without those tracks. This happens at most twice in an attempt, because each
   * time fewer tracks are requested.
   */
  @Override
  public void onTracksRefused(Set<MediaTrack.Kind> kinds, String reason) {
    if (closed) {
      return;
    }
    LOG.info(
        "camera {}: {}; the video is requested without {}",
        route.source().id(),
        sentence(reason),
        kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).sorted().toList());
    suspects.addAll(kinds);
    reopen();
  }

  @Override
  public void onConnectionEnded(
      SessionProgress reached, Set<MediaTrack.Kind> kinds, String reason) {
    if (closed) {
      return;
    }
    if (++continuations <= MAX_CONTINUATIONS) {
      progress = reached;
      reopen();
    } else if (kinds.isEmpty()) {
      onFailure(reason);
    } else {
      onTracksRefused(kinds, reason);
    }
  }

  @Override
  public void onFailure(String reason) {
    if (!closed) {
      listener.accept(new ConnectionEvent.Failed(sentence(reason)));
    }
  }

  @Override
  public void onLoginRefused(String reason) {
    if (!closed) {
      listener.accept(new ConnectionEvent.LoginRefused(sentence(reason)));
    }
  }

  private String sentence(String reason) {
    String form = redirects == 0 ? "the camera at %s %s" : "the camera, redirected to %s, %s";
    return secrets.hide(String.format(form, address.getRawAuthority(), reason));
  }
}
