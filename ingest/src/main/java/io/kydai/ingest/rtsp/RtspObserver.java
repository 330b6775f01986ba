package io.kydai.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Hears what a session comes to. After {@link #onRedirect}, {@link #onFailure}, {@link
 * #onLoginRefused}, {@link #onTransportRefused}, {@link #onTracksRefused} or {@link
 * #onConnectionEnded}, of which there is one at most, nothing more comes.
 */
public interface RtspObserver {
  /** The tracks are set up, the video track first; packets may come from now on. */
  void onTracks(List<MediaTrack> tracks);

  /** The camera agreed to play. */
  void onPlaying();

  /** An RTP packet of the track of that index, borrowed. */
  void onRtp(int track, ByteBuf packet);

  /** An RTCP packet of the track of that index, borrowed. */
  void onRtcp(int track, ByteBuf packet);

  /**
   * The stream is to be had elsewhere.
   *
   * @param target an {@code rtsp} or {@code rtsps} address with a host, without user information
   */
  void onRedirect(URI target);

  /** Bytes were skipped that are neither a message nor a frame. */
  default void onSkipped(int bytes) {}

  /**
   * The camera does not send over TCP, or over UDP, as it was asked to; it may in the other way.
   *
   * @param reason as for {@link #onFailure}
   */
  default void onTransportRefused(String reason) {
    onFailure(reason);
  }

  /**
   * The camera said nothing to the SETUP of a track that can be done without; the session goes on
   * without it.
   *
   * @param reason as for {@link #onFailure}
   */
  default void onTrackLeftOut(MediaTrack.Kind kind, String reason) {}

  /**
   * The camera did not go on when it was asked for tracks that can be done without; it may when it
   * is not.
   *
   * @param kinds of those tracks, one at least
   * @param reason as for {@link #onFailure}
   */
  default void onTracksRefused(Set<MediaTrack.Kind> kinds, String reason) {
    onFailure(reason);
  }

  /**
   * The camera closed the connection with an answer that means no refusal, such as a challenge to
   * log in; another connection may go on from there.
   *
   * @param suspects as for {@link #onTracksRefused}, when it does so every time; may be empty
   * @param reason as for {@link #onFailure}
   */
  default void onConnectionEnded(
      SessionProgress progress, Set<MediaTrack.Kind> suspects, String reason) {
    onFailure(reason);
  }

  /**
   * @param reason continues the sentence "the camera …"; holds no secret
   */
  void onFailure(String reason);

  /**
   * The camera did not accept the user or the password. Many cameras lock an account after a few of
   * these.
   *
   * @param reason as for {@link #onFailure}
   */
  void onLoginRefused(String reason);
}
