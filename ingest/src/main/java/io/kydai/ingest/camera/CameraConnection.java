package io.kydai.ingest.camera;

import io.kydai.ingest.clock.PictureTimes;
import io.kydai.ingest.connect.CameraConnector;
import io.kydai.ingest.connect.CameraRoute;
import io.kydai.ingest.connect.SecretRedactor;
import io.kydai.ingest.connect.Unreachable;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.MetadataDocument;
import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtp.Picture;
import io.kydai.ingest.rtsp.HttpTunnel;
import io.kydai.ingest.rtsp.MediaTrack;
import io.kydai.ingest.rtsp.RtspLogin;
import io.kydai.ingest.rtsp.RtspObserver;
import io.kydai.ingest.rtsp.RtspSession;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.rtsp.SessionProgress;
import io.kydai.ingest.source.HostAndPort;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.Future;
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
 * One attempt to pull a camera: its connection, and the next ones, of which there is one at a time,
 * after redirects, where the camera does not send over TCP or over UDP, where it closes a
 * connection with its challenge to log in, or fails at a track that can be done without. After
 * {@link #close}, and after the first {@link ConnectionEvent.Ended}, it reports nothing more.
 */
final class CameraConnection implements RtspObserver {
  private static final Logger LOG = LoggerFactory.getLogger(CameraConnection.class);
  private static final int MAX_REDIRECTS = 5;

  /** Connections that the camera may close after an answer: to OPTIONS, DESCRIBE, and a 401. */
  private static final int MAX_CONTINUATIONS = 3;

  private final CameraRoute route;
  private final Bootstrap bootstrap;
  private final RtspSettings settings;
  private final CameraTracks tracks;
  private final Consumer<ConnectionEvent> listener;
  private final @Nullable RtspLogin login;
  private final SecretRedactor secrets;
  private final TrackOutput output = new TrackOutput();

  private URI address;
  private int redirects;
  private boolean changedRoute;
  private int continuations;
  private SessionProgress progress = SessionProgress.NONE;

  /** Kinds of tracks that this attempt goes without, because the camera failed at them. */
  private final Set<MediaTrack.Kind> suspects = EnumSet.noneOf(MediaTrack.Kind.class);

  private boolean mediaStarted;
  private boolean closed;
  private @Nullable Channel channel;
  private @Nullable RtspSession session;
  private @Nullable VideoStreamAssembly stream;
  private @Nullable AuxiliaryTracks companions;

  /**
   * @param bootstrap with the camera's event loop
   * @param listener hears what happens, on that loop
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
    this.tracks = tracks;
    this.listener = listener;
    login =
        route
            .source()
            .credentials()
            .map(own -> new RtspLogin(own.user(), own.password()))
            .orElse(null);
    secrets = SecretRedactor.of(route.source());
    address = route.source().address();
  }

  void open() {
    session = null;
    ChannelFuture connecting;
    try {
      connecting = connector().connect(this::begin, this::failed);
    } catch (RuntimeException e) {
      // Later, as every other failure comes: who opens it does not know of it yet.
      channel = null;
      bootstrap
          .config()
          .group()
          .execute(() -> onFailure("cannot be connected to: " + e.getMessage()));
      return;
    }
    Channel own = connecting.channel();
    channel = own;
    connecting.addListener(
        done -> {
          if (done.isSuccess() && closed) {
            own.close();
          } else if (!done.isSuccess() && isCurrent(own)) {
            onUnreachable(Unreachable.reason(done.cause()));
          }
        });
  }

  /** What a connection before this one still says does not count. */
  private void failed(Channel one, String reason) {
    if (isCurrent(one)) {
      onFailure(reason);
    }
  }

  private boolean isCurrent(Channel one) {
    return one.equals(channel);
  }

  private CameraConnector connector() {
    return new CameraConnector(address, route, bootstrap, settings.responseTimeout());
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
    Channel own = pipeline.channel();
    HttpTunnel tunnel =
        new HttpTunnel(
            address,
            settings.responseTimeout(),
            second ->
                connector.connectTo(
                    own.remoteAddress(),
                    end -> end.addLast(second),
                    (other, reason) -> own.close()),
            this::beginSession,
            reason -> failed(own, reason));
    loginHere()
        .ifPresent(
            here ->
                tunnel.withLogin(
                    here,
                    () ->
                        onConnectionEnded(
                            SessionProgress.NONE, Set.of(), "asks for a log-in again and again"),
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
    return loginHere()
        .map(own -> RtspSession.withLogin(address, own, settings, this))
        .orElseGet(() -> RtspSession.withoutLogin(address, settings, this));
  }

  /** Credentials are for the host that they were given for, and for no other. */
  private Optional<RtspLogin> loginHere() {
    return Optional.ofNullable(login)
        .filter(own -> HostAndPort.same(address, route.source().address()));
  }

  /**
   * Ends the session in order, or the attempt where there is none yet.
   *
   * @return completes when the connection is closed
   */
  Future<Void> close() {
    closed = true;
    closeStream();
    RtspSession running = session;
    if (running != null) {
      return running.close();
    }
    Channel own = channel;
    return own != null ? own.close() : bootstrap.config().group().next().newSucceededFuture(null);
  }

  /**
   * Sends an RTCP packet for a track, and releases it; drops it where it cannot leave at once, or
   * nothing plays.
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
    closeStream();
    try {
      VideoStreamAssembly opened = tracks.video(setUp.get(0), output);
      stream = opened;
      opened.reportTo(packet -> sendRtcp(0, packet));
      if (route.datagrams() && !CameraConnector.isSecure(address)) {
        opened.expectReordering();
      }
      companions = tracks.beside(setUp, output);
    } catch (MediaException e) {
      onFailure(e.getMessage());
    }
  }

  private void closeStream() {
    VideoStreamAssembly video = stream;
    if (video != null) {
      video.close();
      stream = null;
    }
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
    VideoStreamAssembly video = stream;
    if (closed || video == null) {
      return;
    }
    if (track != 0) {
      AuxiliaryTracks beside = companions;
      if (beside != null) {
        beside.rtp(track, packet);
      }
      return;
    }
    try {
      video.rtp(packet);
    } catch (MediaException e) {
      onFailure(e.getMessage());
      return;
    }
    if (!mediaStarted && video.received() > 0) {
      mediaStarted = true;
      listener.accept(new ConnectionEvent.MediaStarted());
    }
  }

  @Override
  public void onRtcp(int track, ByteBuf packet) {
    VideoStreamAssembly video = stream;
    if (closed || track != 0 || video == null) {
      return;
    }
    try {
      video.rtcp(packet);
    } catch (MediaException e) {
      onFailure(e.getMessage());
      return;
    }
    video
        .clockOffset()
        .ifPresent(offset -> listener.accept(new ConnectionEvent.ClockCompared(offset)));
  }

  @Override
  public void onRedirect(URI target) {
    if (++redirects > MAX_REDIRECTS) {
      onFailure("redirects more than " + MAX_REDIRECTS + " times");
    } else if (!closed) {
      closeSession();
      address = target;
      open();
    }
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

  /** The camera is asked once more, for the other way; the route remembers it. */
  @Override
  public void onTransportRefused(String reason) {
    boolean before = route.datagrams();
    if (closed || changedRoute || CameraConnector.isSecure(address) || !route.switchTransport()) {
      onFailure(reason);
      return;
    }
    changedRoute = true;
    LOG.info(
        "camera {}: {}; it is asked for {} instead",
        route.source().id(),
        sentence(reason),
        before ? "TCP" : "UDP");
    again();
  }

  private void again() {
    closeSession();
    open();
  }

  @Override
  public void onTrackLeftOut(MediaTrack.Kind kind, String reason) {
    LOG.info(
        "camera {}: {}; it is played without that track", route.source().id(), sentence(reason));
    suspects.add(kind);
  }

  /** The next connection asks for fewer tracks, so that there are two such at most. */
  @Override
  public void onTracksRefused(Set<MediaTrack.Kind> kinds, String reason) {
    if (closed) {
      return;
    }
    LOG.info(
        "camera {}: {}; it is asked for its video without {}",
        route.source().id(),
        sentence(reason),
        kinds.stream().map(kind -> kind.name().toLowerCase(Locale.ROOT)).sorted().toList());
    suspects.addAll(kinds);
    again();
  }

  @Override
  public void onConnectionEnded(SessionProgress come, Set<MediaTrack.Kind> kinds, String reason) {
    if (closed) {
      return;
    }
    if (++continuations <= MAX_CONTINUATIONS) {
      progress = come;
      again();
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
    String who = redirects == 0 ? "the camera at %s %s" : "the camera, redirected to %s, %s";
    return secrets.hide(String.format(who, address.getRawAuthority(), reason));
  }

  /** What the tracks come to. */
  private final class TrackOutput implements VideoStreamAssembly.Output, AuxiliaryTracks.Output {
    @Override
    public void onPicture(
        CodecParameters parameters,
        PictureTimes.Times times,
        boolean keyFrame,
        boolean discontinuity,
        boolean damaged,
        Picture picture) {
      listener.accept(
          new ConnectionEvent.PictureReceived(
              parameters, times, keyFrame, discontinuity, damaged, picture));
    }

    @Override
    public void onUndecodable(String why) {
      listener.accept(new ConnectionEvent.PictureUndecodable(why));
    }

    @Override
    public void onAudio(AudioFrame frame) {
      listener.accept(new ConnectionEvent.AudioReceived(frame));
    }

    @Override
    public void onMetadata(MetadataDocument document) {
      listener.accept(new ConnectionEvent.MetadataReceived(document));
    }

    @Override
    public void onFailure(MediaException reason) {
      CameraConnection.this.onFailure(reason.getMessage());
    }
  }
}
