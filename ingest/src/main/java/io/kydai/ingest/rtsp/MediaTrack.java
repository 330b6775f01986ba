package io.kydai.ingest.rtsp;

import java.util.Map;

/**
 * A track that a session sets up.
 *
 * @param index its place among the session's tracks, from 0; the video track is 0
 * @param control the address to set it up at
 * @param payloadType of its RTP packets
 * @param encoding as RTP names it, in upper case, such as {@code H264}
 * @param clockRate of its RTP timestamps, in ticks per second
 * @param channels of sound; 1 where the description does not say
 * @param parameters of {@code fmtp}, unchecked, their names in lower case; and under {@code
 *     rtcp-fb} the feedback that is offered
 */
public record MediaTrack(
    int index,
    Kind kind,
    String control,
    int payloadType,
    String encoding,
    int clockRate,
    int channels,
    Map<String, String> parameters) {
  /** What a track carries. */
  public enum Kind {
    VIDEO,
    AUDIO,
    /** What the camera says of its pictures, such as ONVIF's analytics (Streaming, section 5.2). */
    METADATA
  }

  public MediaTrack {
    parameters = Map.copyOf(parameters);
  }
}
