package io.kydai.ingest.rtsp;

import io.kydai.ingest.rtsp.description.MediaTrack;
import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * Receives the events of an {@link RtspSession}, on the connection's event loop. At most one of
 * {@link #onRedirect}, {@link #onFailure}, {@link #onLoginRefused}, {@link #onTransportRefused},
 * {@link #onTracksRefused} and {@link #onConnectionEnded} is called, and nothing is called after
 * it.
 */
public interface RtspObserver {
  /** Called when the tracks are set up, before their first packet. The video track is the first. */
  void onTracks(List<MediaTrack> tracks);

  /** Called when the camera has agreed to play. */
  void onPlaying();

  /**
   * Called for each RTP packet.
   *
   * @param track the track's index
   * @param packet the whole packet, borrowed until the call returns
   */
  void onRtp(int track, ByteBuf packet);

  /**
   * Called for each compound RTCP packet.
   *
   * @param track the track's index
   * @param packet the whole packet, borrowed until the call returns
   */
  void onRtcp(int track, ByteBuf packet);

  /**
   * Called when the camera redirects to another address.
   *
   * @param target an {@code rtsp} or {@code rtsps} address with a host, without user information
   */
  void onRedirect(URI target);

  /**
   * Called when bytes were skipped that are neither a message nor a frame.
   *
   * @param bytes how many, at least 1
   */
  default void onSkipped(int bytes) {}

  /**
   * Called when the camera does not send over the requested transport. It may send over the other
   * one of TCP and UDP.
   *
   * @param reason as for {@link #onFailure}
   */
  default void onTransportRefused(String reason) {
    onFailure(reason);
  }

  /**
   * Called when the camera did not answer the SETUP of an optional track. The session continues
   * without the track.
   *
   * @param reason as for {@link #onFailure}
   */
  default void onTrackLeftOut(MediaTrack.Kind kind, String reason) {}

  /**
   * Called when the session failed after optional tracks were requested. It may succeed without
   * them.
   *
   * @param kinds the kinds of those tracks, at least one
   * @param reason as for {@link #onFailure}
   */
  default void onTracksRefused(Set<MediaTrack.Kind> kinds, String reason) {
    onFailure(reason);
  }

  /**
   * Called when the camera closed the connection after a response that is no refusal, such as an
   * authentication challenge. Another connection may continue from there ({@link
   * RtspSession#resuming}).
   *
   * @param progress what the session had reached
   * @param suspects the kinds of tracks that may be the cause when every connection ends like this,
   *     as for {@link #onTracksRefused}; may be empty
   * @param reason as for {@link #onFailure}
   */
  default void onConnectionEnded(
      SessionProgress progress, Set<MediaTrack.Kind> suspects, String reason) {
    onFailure(reason);
  }

  /**
   * Called when the session failed in any other way.
   *
   * @param reason the reason, which continues the sentence "the camera …" and contains no secret
   */
  void onFailure(String reason);

  /**
   * Called when the camera rejected the user or the password. Many cameras lock an account after a
   * few rejected attempts.
   *
   * @param reason as for {@link #onFailure}
   */
  void onLoginRefused(String reason);
}
