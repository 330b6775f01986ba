package io.kydai.ingest.connect;

import io.kydai.ingest.rtsp.description.MediaTrack;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.netty.handler.ssl.SslContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connection parameters of a camera that are kept from one attempt to the next while the camera
 * is configured: whether packets are requested over TCP or UDP, which optional tracks are not
 * requested because the video failed with them, and the TLS context. Used on the camera's event
 * loop.
 */
public final class CameraRoute {
  private final CameraSource source;
  private boolean datagrams;
  private final Set<MediaTrack.Kind> leftOut = EnumSet.noneOf(MediaTrack.Kind.class);
  private @Nullable SslContext tls;

  /** Creates the parameters for the first attempt, which requests all tracks. */
  public CameraRoute(CameraSource source) {
    this.source = source;
    datagrams = source.transport() == Transport.UDP;
  }

  /** Returns the camera's configuration. */
  public CameraSource source() {
    return source;
  }

  /** Returns whether packets are requested over UDP. */
  public boolean datagrams() {
    return datagrams;
  }

  /**
   * Switches between TCP and UDP for the next attempt, when the camera's configuration allows both.
   *
   * @return whether the transport was switched
   */
  public boolean switchTransport() {
    boolean switched = source.transport() == Transport.AUTO || source.transport() == Transport.UDP;
    datagrams ^= switched;
    return switched;
  }

  /** Returns the kinds of tracks that are not requested. */
  public Set<MediaTrack.Kind> leftOut() {
    return leftOut;
  }

  /** Stops requesting tracks of these kinds, because the camera plays without them. */
  public void leaveOut(Set<MediaTrack.Kind> kinds) {
    leftOut.addAll(kinds);
  }

  /**
   * Returns the TLS context. The first call reads the platform's certificate authorities, which
   * takes some milliseconds.
   */
  SslContext tls() {
    SslContext context = tls;
    if (context == null) {
      context = source.trust().context();
      tls = context;
    }
    return context;
  }
}
