package io.kydai.ingest.rtsp;

import io.netty.buffer.ByteBuf;
import java.net.URI;
import java.util.List;

/**
 * Hears what a session comes to. After {@link #onRedirect}, {@link #onFailure} or {@link
 * #onLoginRefused}, {@link #onTransportRefused}, of which there is one at most, nothing more comes.
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
