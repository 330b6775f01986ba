package io.kydai.streaming.live.rtsp;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.Codec;
import io.kydai.streaming.live.rtsp.message.StreamAddress;
import io.kydai.streaming.live.rtsp.transport.MediaTransport;
import io.kydai.streaming.live.rtsp.transport.RtpStream;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session: one stream of one camera, set up over one transport. Belongs to its connection, and
 * ends with it. All methods run on the connection's event loop.
 */
final class ViewerSession {
  /** Seconds without a sign of the client after which a session ends. */
  static final int TIMEOUT_SECONDS = 60;

  /** How long a viewer may lag, as long as pictures are left out for it, before it is cut off. */
  static final int LAG_SECONDS = 20;

  private static final long GRACE_SECONDS = 5;

  private final String id;
  private final StreamAddress address;
  private final RtspSource source;
  private final Codec codec;
  private final MediaTransport transport;
  private final boolean interleaved;
  private final RtpStream stream;
  private final Runnable onEnd;
  private @Nullable Playing playing;
  private @Nullable Subscription subscription;
  private long promptAt;

  /**
   * @param onEnd gives back what the session holds beside its transport
   */
  ViewerSession(
      String id,
      StreamAddress address,
      RtspSource source,
      Codec codec,
      MediaTransport transport,
      boolean interleaved,
      RtpStream stream,
      Runnable onEnd) {
    this.id = requireNonNull(id);
    this.address = requireNonNull(address);
    this.source = requireNonNull(source);
    this.codec = requireNonNull(codec);
    this.transport = requireNonNull(transport);
    this.interleaved = interleaved;
    this.stream = requireNonNull(stream);
    this.onEnd = requireNonNull(onEnd);
  }

  String id() {
    return id;
  }

  StreamAddress address() {
    return address;
  }

  RtspSource source() {
    return source;
  }

  Codec codec() {
    return codec;
  }

  MediaTransport transport() {
    return transport;
  }

  RtpStream stream() {
    return stream;
  }

  boolean isPlaying() {
    return subscription != null;
  }

  /** Takes the subscription of what is to be played, which {@link Playing#begin} lets through. */
  void play(Playing what, Subscription live, long now) {
    playing = what;
    subscription = live;
    promptAt = now;
  }

  void pause() {
    if (playing != null) {
      playing.stop();
      playing = null;
    }
    if (subscription != null) {
      subscription.close();
      subscription = null;
    }
  }

  void end() {
    pause();
    transport.close();
    onEnd.run();
  }

  /**
   * Looks whether the session may go on.
   *
   * @param now of the monotonic clock, as {@code aliveAt}, when the client last gave a sign
   * @return why not; null where it may
   */
  @Nullable String whyOver(long now, long aliveAt) {
    // A connection that takes pictures is sign enough; some clients give no other.
    boolean flows = interleaved && isPlaying();
    if (!flows && now - aliveAt > TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS + GRACE_SECONDS)) {
      return "no sign of the client for " + TIMEOUT_SECONDS + " s";
    }
    if (transport.unsent() < MediaTransport.MOST_UNSENT / 2) {
      promptAt = now;
    }
    if (isPlaying() && now - promptAt > TimeUnit.SECONDS.toNanos(LAG_SECONDS)) {
      return "it lags for " + LAG_SECONDS + " s";
    }
    return source.mayWatch() ? null : "it may not watch any more";
  }
}
