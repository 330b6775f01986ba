package io.kydai.ingest.rtsp.description;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A media track that a session sets up.
 *
 * @param index the track's position among the session's tracks, from 0; the video track is 0
 * @param kind what the track carries
 * @param control the address for the track's SETUP request
 * @param payloadType the payload type of its RTP packets, 0 to 127
 * @param encoding the encoding's RTP name, in upper case, such as {@code H264}
 * @param clockRate the rate of its RTP timestamps, in ticks per second
 * @param channels the number of audio channels; 1 when the description does not give it
 * @param parameters the format parameters ({@code fmtp}), unchecked, with names in lower case; the
 *     key {@code rtcp-fb} holds the feedback that the camera offers
 * @param ssrc the source of its RTP packets that the camera announced in its response to SETUP;
 *     null before SETUP and when it announced none. Some cameras announce another source than they
 *     send
 */
public record MediaTrack(
    int index,
    Kind kind,
    String control,
    int payloadType,
    String encoding,
    int clockRate,
    int channels,
    Map<String, String> parameters,
    @Nullable Integer ssrc) {
  /** The kind of media that a track carries. */
  public enum Kind {
    VIDEO,
    AUDIO,
    /**
     * Metadata about the pictures, such as ONVIF's analytics (Streaming Specification, section
     * 5.2).
     */
    METADATA
  }

  public MediaTrack {
    parameters = Map.copyOf(parameters);
  }

  /** Creates a track that is not set up yet. */
  public MediaTrack(
      int index,
      Kind kind,
      String control,
      int payloadType,
      String encoding,
      int clockRate,
      int channels,
      Map<String, String> parameters) {
    this(index, kind, control, payloadType, encoding, clockRate, channels, parameters, null);
  }
}
