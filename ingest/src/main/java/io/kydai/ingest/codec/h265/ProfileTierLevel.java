package io.kydai.ingest.codec.h265;

import io.kydai.ingest.codec.syntax.BitReader;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import java.util.Locale;

/**
 * The general profile, tier and level of a bitstream (ITU-T H.265, section 7.3.3).
 *
 * @param space {@code general_profile_space}, 0 to 3
 * @param highTier {@code general_tier_flag}
 * @param profile {@code general_profile_idc}, 0 to 31
 * @param compatibility the 32 compatibility flags, of which the first is the highest bit
 * @param constraints the 48 bits of constraint flags, of which the first is bit 47
 * @param level {@code general_level_idc}, which is 30 times the level
 */
public record ProfileTierLevel(
    int space, boolean highTier, int profile, int compatibility, long constraints, int level) {

  /** Reads {@code profile_tier_level}, including the fields of all temporal sub-layers. */
  static ProfileTierLevel read(BitReader in, int subLayers) throws MalformedBitstreamException {
    int space = in.bits(2);
    boolean highTier = in.flag();
    int profile = in.bits(5);
    int compatibility = in.bits(16) << 16 | in.bits(16);
    long constraints = (long) in.bits(24) << 24 | in.bits(24);
    int level = in.bits(8);
    skipSubLayers(in, subLayers - 1);
    return new ProfileTierLevel(space, highTier, profile, compatibility, constraints, level);
  }

  private static void skipSubLayers(BitReader in, int count) throws MalformedBitstreamException {
    int skipped = 0;
    for (int i = 0; i < count; i++) {
      skipped += (in.flag() ? 88 : 0) + (in.flag() ? 8 : 0);
    }
    if (count > 0) {
      in.skip(2 * (8 - count));
    }
    in.skip(skipped);
  }

  /** Returns the part of an RFC 6381 codec name (ISO/IEC 14496-15, annex E.3), as 1.6.L93.B0. */
  public String name() {
    StringBuilder name = new StringBuilder();
    if (space > 0) {
      name.append((char) ('A' + space - 1));
    }
    name.append(profile).append('.');
    name.append(Integer.toHexString(Integer.reverse(compatibility)).toUpperCase(Locale.ROOT));
    name.append('.').append(highTier ? 'H' : 'L').append(level);
    // Trailing zero bytes are omitted.
    for (long left = constraints << 16; left != 0; left <<= 8) {
      name.append('.').append(Long.toHexString(left >>> 56).toUpperCase(Locale.ROOT));
    }
    return name.toString();
  }
}
