package io.kydai.ingest;

import io.kydai.ingest.rtp.MediaException;
import io.kydai.ingest.rtsp.MediaTrack;
import io.kydai.ingest.rtsp.RtspObserver;
import io.kydai.ingest.rtsp.RtspSession;
import io.kydai.ingest.rtsp.RtspSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * One attempt to pull a camera: its connection, and after redirects the next ones, of which there
 * is one at a time. After {@link #close}, and after a failure, it says nothing more.
 */
final class CameraConnection implements RtspObserver {
  private static final int MAX_REDIRECTS = 5;

  /** What becomes of the attempt. */
  interface Listener {
    /** The tracks are set up: whoever is returned gets the video track's packets. */
    CameraStream onVideo(MediaTrack track);

    void onPlaying();

    /** A packet went through the stream. */
    void onPacket(CameraStream stream);

    /**
     * The attempt is over.
     *
     * @param reason a sentence without secrets
     */
    void onFailure(String reason);

    /**
     * The attempt is over, because no connection to the camera's own host could be opened.
     *
     * @param reason a sentence without secrets
     */
    void onUnreachable(String reason);

    /**
     * The attempt is over, because the camera wants another user or password.
     *
     * @param reason a sentence without secrets
     */
    void onLoginRefused(String reason);
  }

  private final CameraSource source;
  private final Bootstrap bootstrap;
  private final RtspSettings settings;
  private final Listener listener;
  private final Secrets secrets;

  private URI address;
  private int redirects;
  private boolean closed;
  private Optional<Channel> channel = Optional.empty();
  private Optional<RtspSession> session = Optional.empty();
  private Optional<CameraStream> stream = Optional.empty();

  /**
   * @param bootstrap with the camera's event loop
   */
  CameraConnection(
      CameraSource source, Bootstrap bootstrap, RtspSettings settings, Listener listener) {
    this.source = source;
    this.bootstrap = bootstrap;
    this.settings = settings;
    this.listener = listener;
    secrets = Secrets.of(source);
    address = source.address();
  }

  void open() {
    RtspSession opening = newSession();
    Endpoint host = Endpoint.of(address);
    ChannelFuture connecting =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel opened) {
                    opening.addTo(opened.pipeline());
                  }
                })
            .connect(host.host(), host.port());
    channel = Optional.of(connecting.channel());
    session = Optional.empty();
    connecting.addListener(
        done -> {
          if (done.isSuccess() && !closed) {
            session = Optional.of(opening);
          } else if (done.isSuccess()) {
            connecting.channel().close();
          } else {
            onUnreachable(unreachable(done.cause()));
          }
        });
  }

  /** Credentials are for the host that they were given for, and for no other. */
  private RtspSession newSession() {
    return source
        .credentials()
        .filter(own -> address.getHost().equalsIgnoreCase(source.address().getHost()))
        .map(own -> RtspSession.withLogin(address, own.user(), own.password(), settings, this))
        .orElseGet(() -> RtspSession.withoutLogin(address, settings, this));
  }

  private static String unreachable(Throwable cause) {
    // ConnectTimeoutException is a ConnectException.
    if (cause instanceof ConnectTimeoutException) {
      return "did not take the connection in time";
    }
    if (cause instanceof NoRouteToHostException) {
      return "cannot be reached: there is no route to it";
    }
    if (cause instanceof ConnectException) {
      return "refused the connection";
    }
    if (cause instanceof UnknownHostException) {
      return "cannot be found: no such host name";
    }
    return "cannot be reached: " + cause.getClass().getSimpleName();
  }

  /**
   * Ends the session in order, or the attempt where there is none yet.
   *
   * @return completes when the connection is closed
   */
  Future<Void> close() {
    closed = true;
    if (session.isPresent()) {
      return session.get().close();
    }
    return channel.orElseThrow().close();
  }

  @Override
  public void onTracks(List<MediaTrack> tracks) {
    stream = Optional.of(listener.onVideo(tracks.get(0)));
  }

  @Override
  public void onPlaying() {
    listener.onPlaying();
  }

  @Override
  public void onRtp(int track, ByteBuf packet) {
    if (closed || track != 0 || stream.isEmpty()) {
      return;
    }
    try {
      stream.get().rtp(packet);
    } catch (MediaException e) {
      onFailure(e.getMessage());
      return;
    }
    listener.onPacket(stream.get());
  }

  @Override
  public void onRtcp(int track, ByteBuf packet) {
    if (track == 0) {
      stream.ifPresent(open -> open.rtcp(packet));
    }
  }

  @Override
  public void onRedirect(URI target) {
    if (++redirects > MAX_REDIRECTS) {
      onFailure("redirects more than " + MAX_REDIRECTS + " times");
    } else if (!closed) {
      session.ifPresent(RtspSession::close);
      address = target;
      open();
    }
  }

  private void onUnreachable(String reason) {
    if (redirects > 0) {
      onFailure(reason);
    } else if (!closed) {
      listener.onUnreachable(sentence(reason));
    }
  }

  @Override
  public void onFailure(String reason) {
    if (!closed) {
      listener.onFailure(sentence(reason));
    }
  }

  @Override
  public void onLoginRefused(String reason) {
    if (!closed) {
      listener.onLoginRefused(sentence(reason));
    }
  }

  private String sentence(String reason) {
    String who = redirects == 0 ? "the camera at %s %s" : "the camera, redirected to %s, %s";
    return secrets.hide(String.format(who, address.getRawAuthority(), reason));
  }
}
