package io.kydai.streaming.live.whep.sdp;

import java.util.Locale;

/**
 * A way in which a client takes H.264 (RFC 6184, section 8.1).
 *
 * @param payloadType 0 to 127
 * @param profile {@code profile_idc} and the constraints as one number of 16 bits
 * @param parameters what stands behind the payload type in {@code a=fmtp}
 * @param retransmission the payload type of its retransmissions (RFC 4588); -1 where there is none
 */
record H264Format(int payloadType, int profile, String parameters, int retransmission) {
  private static final int BASELINE = 0x42;
  private static final int MAIN = 0x4d;
  private static final int HIGH = 0x64;
  private static final int HIGH_444 = 0xf4;
  private static final int CONSTRAINED = 0x40;

  /** The profile where none is given: baseline. */
  private static final int DEFAULT_PROFILE = 0x4200;

  static H264Format of(int payloadType, String parameters, int retransmission) {
    String id = parameter(parameters, "profile-level-id");
    int profile =
        id.matches("[0-9a-fA-F]{6}") ? Integer.parseInt(id.substring(0, 4), 16) : DEFAULT_PROFILE;
    return new H264Format(payloadType, profile, parameters, retransmission);
  }

  private static String parameter(String parameters, String name) {
    for (String one : parameters.toLowerCase(Locale.ROOT).split(";")) {
      String[] pair = one.strip().split("=", 2);
      if (pair.length == 2 && pair[0].strip().equals(name)) {
        return pair[1].strip();
      }
    }
    return "";
  }

  /** Whether pictures may come in fragments. */
  boolean isFragmented() {
    return parameter(parameters, "packetization-mode").equals("1");
  }

  /**
   * How well it fits a stream; less is better.
   *
   * @param stream {@code profile_idc} and constraints of the stream's sequence parameter set
   * @return -1 where such a decoder cannot decode the stream
   */
  int distance(int stream) {
    int mine = rank(profile);
    int its = rank(stream);
    if (mine < 0 || its < 0 || mine < its) {
      return -1;
    }
    return mine - its;
  }

  /**
   * Each of these decodes what stands before it, but for what baseline has beyond constrained
   * baseline (slice groups, arbitrary slice order), which cameras do not send.
   */
  private static int rank(int profile) {
    return switch (profile >> 8) {
      case BASELINE -> (profile & CONSTRAINED) != 0 ? 0 : 1;
      case MAIN -> 2;
      case HIGH -> 3;
      case HIGH_444 -> 4;
      default -> -1;
    };
  }

  /** The format as the answer has it: of the stream's level. */
  String answered(int level) {
    return String.format(
        "level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=%04x%02x", profile, level);
  }
}
