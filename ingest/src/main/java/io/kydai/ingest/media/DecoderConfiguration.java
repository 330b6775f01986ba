package io.kydai.ingest.media;

import io.kydai.ingest.codec.h265.ProfileTierLevel;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decoder configuration of the NAL unit file format (ISO/IEC 14496-15).
 *
 * @param mediaSourceName the codec parameter of a media type (RFC 6381); null where there is none
 * @param record the decoder configuration record for NAL unit lengths of four bytes
 */
record DecoderConfiguration(@Nullable String mediaSourceName, byte[] record) {
  static final DecoderConfiguration NONE = new DecoderConfiguration(null, new byte[0]);

  private static final int LENGTH_SIZE_MINUS_ONE = 3;

  /** Returns the AVCDecoderConfigurationRecord (section 5.3.3.1). */
  static DecoderConfiguration avc(List<byte[]> sequenceSets, List<byte[]> pictureSets) {
    byte[] sps = sequenceSets.get(0);
    ByteBuffer out = ByteBuffer.allocate(7 + size(sequenceSets) + size(pictureSets));
    out.put((byte) 1).put(sps, 1, 3).put((byte) (0xfc | LENGTH_SIZE_MINUS_ONE));
    out.put((byte) (0xe0 | sequenceSets.size()));
    putAll(out, sequenceSets);
    out.put((byte) pictureSets.size());
    putAll(out, pictureSets);
    String name = String.format("avc1.%02x%02x%02x", sps[1] & 0xff, sps[2] & 0xff, sps[3] & 0xff);
    return new DecoderConfiguration(name, out.array());
  }

  /** Returns the HEVCDecoderConfigurationRecord (section 8.3.3.1) and the name of annex E.3. */
  static DecoderConfiguration hevc(
      List<byte[]> videoSets, List<byte[]> sequenceSets, List<byte[]> pictureSets)
      throws MalformedBitstreamException {
    var sps = io.kydai.ingest.codec.h265.H265SequenceParameterSet.parse(sequenceSets.get(0));
    ProfileTierLevel profile = sps.profile();
    int arrays = size(videoSets) + size(sequenceSets) + size(pictureSets) + 3 * 3;
    ByteBuffer out = ByteBuffer.allocate(23 + arrays);
    out.put((byte) 1);
    out.put((byte) (profile.space() << 6 | (profile.highTier() ? 0x20 : 0) | profile.profile()));
    out.putInt(profile.compatibility());
    out.putShort((short) (profile.constraints() >>> 32)).putInt((int) profile.constraints());
    out.put((byte) profile.level());
    // Zero means unknown: min_spatial_segmentation_idc, parallelismType, and avgFrameRate below.
    out.putShort((short) 0xf000).put((byte) 0xfc);
    out.put((byte) (0xfc | sps.chromaFormat()));
    out.put((byte) (0xf8 | sps.lumaBits() - 8)).put((byte) (0xf8 | sps.chromaBits() - 8));
    out.putShort((short) 0);
    out.put(
        (byte) (sps.subLayers() << 3 | (sps.temporalNesting() ? 4 : 0) | LENGTH_SIZE_MINUS_ONE));
    out.put((byte) 3);
    putArray(out, 32, videoSets);
    putArray(out, 33, sequenceSets);
    putArray(out, 34, pictureSets);
    return new DecoderConfiguration("hvc1." + profile.name(), out.array());
  }

  private static void putArray(ByteBuffer out, int type, List<byte[]> nals) {
    int arrayCompleteness = 0x80;
    out.put((byte) (arrayCompleteness | type)).putShort((short) nals.size());
    putAll(out, nals);
  }

  private static void putAll(ByteBuffer out, List<byte[]> nals) {
    for (byte[] nal : nals) {
      out.putShort((short) nal.length).put(nal);
    }
  }

  private static int size(List<byte[]> nals) {
    return nals.stream().mapToInt(nal -> 2 + nal.length).sum();
  }
}
