package io.kydai.ingest.rtp;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameter sets that a session description holds (RFC 6184, section 8.1; RFC 7798, section
 * 7.1). Start codes before and between them, which some cameras leave in, are taken out.
 */
public final class SpropParameterSets {
  private static final int MAX_PARAMETER_SETS = 64;
  private static final List<String> NAMES =
      List.of("sprop-parameter-sets", "sprop-vps", "sprop-sps", "sprop-pps");

  private SpropParameterSets() {}

  /**
   * VPS, SPS and PPS NAL units, maybe none, unchecked. Of more than 64 the rest is passed over.
   *
   * @param parameters of {@code fmtp}, their names in lower case
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

  /** Empty when it is no Base64: then the sets in the stream have to do. */
  private static Optional<byte[]> decoded(String base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64)).filter(set -> set.length > 0);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
