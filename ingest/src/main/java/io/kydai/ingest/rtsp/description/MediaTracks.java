package io.kydai.ingest.rtsp.description;

import io.kydai.ingest.rtsp.message.PrintableText;
import io.kydai.ingest.rtsp.message.RtspException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the tracks to set up among those that a camera offers: the first of each kind, in the
 * camera's order, with a supported encoding. Media that are not plain RTP, audio back channels and
 * all other tracks are ignored.
 */
public final class MediaTracks {
  /** The largest number of tracks in a session: one of each kind. */
  public static final int MAX_TRACKS = MediaTrack.Kind.values().length;

  /** The video encodings that can be depacketised. */
  private static final Set<String> VIDEO = Set.of("H264", "H265", "JPEG");

  private static final Set<String> AUDIO = Set.of("MPEG4-GENERIC", "PCMU", "PCMA");
  private static final Set<String> METADATA = Set.of("VND.ONVIF.METADATA");

  private MediaTracks() {}

  /**
   * Returns the chosen tracks: the video track, then the audio and the metadata track where the
   * camera offers them.
   *
   * @param base the base of relative control addresses
   * @throws RtspException when no video in a supported encoding is offered; the message lists what
   *     is offered
   */
  public static List<MediaTrack> choose(SessionDescription session, String base)
      throws RtspException {
    List<MediaTrack> tracks = new ArrayList<>();
    for (MediaTrack.Kind kind : MediaTrack.Kind.values()) {
      first(session, kind, tracks.size(), base)
          // When tracks share one control address, a second SETUP would only disturb the first.
          .filter(track -> tracks.stream().noneMatch(o -> o.control().equals(track.control())))
          .ifPresent(tracks::add);
      if (tracks.isEmpty()) {
        throw new RtspException("offers no H.264, H.265 or JPEG video, but " + offered(session));
      }
    }
    return List.copyOf(tracks);
  }

  private static Optional<MediaTrack> first(
      SessionDescription session, MediaTrack.Kind kind, int index, String base) {
    for (SessionDescription.Media media : session.media()) {
      if (isRtp(media) && isOf(kind, media)) {
        for (SessionDescription.Format format : media.formats()) {
          if (encodings(kind).contains(format.encoding())) {
            return Optional.of(track(index, kind, media, format, base));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isRtp(SessionDescription.Media media) {
    return media.protocol().startsWith("RTP/AVP") && !media.encrypted();
  }

  /**
   * Returns whether the media section is of that kind. Audio marked "sendonly" is a back channel to
   * the camera (ONVIF Streaming Specification, section 5.3). On video the mark is ignored, because
   * cameras write it from their own point of view.
   */
  private static boolean isOf(MediaTrack.Kind kind, SessionDescription.Media media) {
    return switch (kind) {
      case VIDEO -> media.kind().equals("video");
      case AUDIO -> media.kind().equals("audio") && !media.sendOnly();
      case METADATA -> true;
    };
  }

  private static Set<String> encodings(MediaTrack.Kind kind) {
    return switch (kind) {
      case VIDEO -> VIDEO;
      case AUDIO -> AUDIO;
      case METADATA -> METADATA;
    };
  }

  private static MediaTrack track(
      int index,
      MediaTrack.Kind kind,
      SessionDescription.Media media,
      SessionDescription.Format format,
      String base) {
    return new MediaTrack(
        index,
        kind,
        ControlAddress.resolve(base, media.control()),
        format.payloadType(),
        format.encoding(),
        format.clockRate(),
        format.channels(),
        format.parameters());
  }

  /**
   * Returns the track as it was set up.
   *
   * @param index its position among the session's tracks
   * @param ssrc the source that the camera announced for it; null when it announced none
   */
  public static MediaTrack setUp(int index, MediaTrack track, @Nullable Integer ssrc) {
    return new MediaTrack(
        index,
        track.kind(),
        track.control(),
        track.payloadType(),
        track.encoding(),
        track.clockRate(),
        track.channels(),
        track.parameters(),
        ssrc);
  }

  private static String offered(SessionDescription session) {
    String all =
        session.media().stream()
            .map(
                media ->
                    media.kind()
                        + " "
                        + media.formats().stream()
                            .map(SessionDescription.Format::encoding)
                            .collect(Collectors.joining("/"))
                        + (media.protocol().startsWith("RTP/AVP")
                            ? ""
                            : " over " + media.protocol())
                        + (media.encrypted() ? " encrypted" : ""))
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "no track at all" : PrintableText.of(all, 200);
  }
}
