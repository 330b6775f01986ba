package io.kydai.ingest.connect;

import io.kydai.ingest.rtsp.MediaTrack;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.netty.handler.ssl.SslContext;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the way to a camera from one attempt to the next, until it is added anew:
 * whether packets come over TCP or UDP, which tracks beside the video it is not asked for, because
 * its video did not come when it was, and the means of encryption. Used on the camera's event loop.
 */
public final class CameraRoute {
  private final CameraSource source;
  private boolean datagrams;
  private final Set<MediaTrack.Kind> leftOut = EnumSet.noneOf(MediaTrack.Kind.class);
  private @Nullable SslContext tls;

  public CameraRoute(CameraSource source) {
    this.source = source;
    datagrams = source.transport() == Transport.UDP;
  }

  public CameraSource source() {
    return source;
  }

  /** Whether to ask for packets over UDP. */
  public boolean datagrams() {
    return datagrams;
  }

  /** Whether there is another way than the one that has failed; the next attempt takes it. */
  public boolean change() {
    boolean may = source.transport() == Transport.AUTO || source.transport() == Transport.UDP;
    datagrams ^= may;
    return may;
  }

  /** The kinds of tracks not to ask for. */
  public Set<MediaTrack.Kind> leftOut() {
    return leftOut;
  }

  /** The camera plays without tracks of these kinds; they are not asked for any more. */
  public void leaveOut(Set<MediaTrack.Kind> kinds) {
    leftOut.addAll(kinds);
  }

  /** Reads the platform's authorities the first time, some milliseconds' work. */
  SslContext tls() {
    SslContext made = tls;
    if (made == null) {
      made = source.trust().context();
      tls = made;
    }
    return made;
  }
}
