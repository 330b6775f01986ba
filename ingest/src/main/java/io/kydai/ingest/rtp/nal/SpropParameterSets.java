package io.kydai.ingest.rtp.nal;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the parameter sets in a session description (RFC 6184, section 8.1; RFC 7798, section 7.1).
 * Start codes before and between them, which some cameras leave in, are removed.
 */
public final class SpropParameterSets {
  private static final int MAX_PARAMETER_SETS = 64;
  private static final List<String> NAMES =
      List.of("sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps");

  private SpropParameterSets() {}

  /**
   * Returns the VPS, SPS and PPS NAL units with their headers, unchecked and possibly none. At most
   * 64 are read; the rest is ignored.
   *
   * @param parameters the track's format parameters ({@code fmtp}), with names in lower case
   */
  public static List<byte[]> of(Map<String, String> parameters) {
    List<byte[]> sets = new ArrayList<>();
    for (String name : NAMES) {
      String list = parameters.getOrDefault(name, "");
      for (String set : list.split(",", MAX_PARAMETER_SETS + 1)) {
        decoded(set.strip()).stream()
            .flatMap(nals -> StartCodes.split(nals).stream())
            .limit(MAX_PARAMETER_SETS - sets.size())
            .forEach(sets::add);
      }
    }
    return List.copyOf(sets);
  }

  /**
   * Returns the decoded bytes; empty when the text is not valid Base64, in which case only the
   * parameter sets in the stream are used.
   */
  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64)).filter(set -> set.length > 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
