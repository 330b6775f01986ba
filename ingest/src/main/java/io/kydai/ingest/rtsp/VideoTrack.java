package io.kydai.ingest.rtsp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The track that was chosen: the first H.264 one over plain RTP.
 *
 * @param control the address to set it up at
 * @param payloadType of its RTP packets
 * @param parameterSets SPS and PPS NAL units that the description holds ({@code
 *     sprop-parameter-sets}, RFC 6184 section 8.1), maybe none, unchecked
 */
public record VideoTrack(String control, int payloadType, List<byte[]> parameterSets) {
  private static final int MAX_PARAMETER_SETS = 64;

  /**
   * Chooses.
   *
   * @throws RtspException when there is no H.264; it names what is offered instead
   */
  static VideoTrack choose(SessionDescription session, String base) throws RtspException {
    for (SessionDescription.Media media : session.media()) {
      if (!media.kind().equals("video") || !media.protocol().startsWith("RTP/AVP")) {
        continue;
      }
      for (SessionDescription.Format format : media.formats()) {
        if (format.encoding().equals("H264")) {
          return new VideoTrack(
              ControlAddress.resolve(base, media.control()),
              format.payloadType(),
              parameterSets(format));
        }
      }
    }
    throw new RtspException("offers no H.264 video, but " + offered(session));
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

  private static List<byte[]> parameterSets(SessionDescription.Format format) {
    List<byte[]> sets = new ArrayList<>();
    String list = format.parameters().getOrDefault("sprop-parameter-sets", "");
    for (String set : list.split(",", MAX_PARAMETER_SETS + 1)) {
      if (sets.size() < MAX_PARAMETER_SETS) {
        decoded(set.strip()).ifPresent(sets::add);
      }
    }
    return List.copyOf(sets);
  }

  /** Empty when it is no Base64: then the sets in the stream have to do. */
  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64)).filter(set -> set.length > 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
