package io.kydai.ingest.rtsp;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Chooses the tracks to set up among those that a camera offers. */
final class MediaTracks {
  /** Encodings of pictures that can be put together. */
  private static final Set<String> VIDEO = Set.of("H264", "H265", "JPEG");

  private MediaTracks() {}

  /**
   * The first video track over plain RTP.
   *
   * @param base of relative control addresses
   * @throws RtspException when there is none that can be put together; it names what is offered
   *     instead
   */
  static List<MediaTrack> choose(SessionDescription session, String base) throws RtspException {
    for (SessionDescription.Media media : session.media()) {
      if (!media.kind().equals("video") || !media.protocol().startsWith("RTP/AVP")) {
        continue;
      }
      for (SessionDescription.Format format : media.formats()) {
        if (VIDEO.contains(format.encoding())) {
          return List.of(track(0, MediaTrack.Kind.VIDEO, media, format, base));
        }
      }
    }
    throw new RtspException("offers no H.264, H.265 or JPEG video, but " + offered(session));
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
                            : " over " + media.protocol()))
            .collect(Collectors.joining(", "));
    return all.isEmpty() ? "no track at all" : PrintableText.of(all, 200);
  }
}
