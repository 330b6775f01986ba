package io.kydai.ingest.rtp.nal;

import io.kydai.ingest.codec.h265.H265SliceHeader;
import io.kydai.ingest.codec.h265.NalUnitTypes;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.h264.RecoveryPoints;
import io.kydai.ingest.rtp.nal.NalUnit.Role;
import java.util.Arrays;

/**
 * Classifies H.265 NAL units (ITU-T H.265, table 7-1). All layers except the base layer are
 * dropped.
 */
final class H265NalClassifier implements NalClassifier {
  static final H265NalClassifier INSTANCE = new H265NalClassifier();

  private static final int HEADER = 2;

  /** The number of bytes that are copied to read the start of a slice segment header. */
  private static final int SLICE_HEADER_BYTES = 16;

  private H265NalClassifier() {}

  @Override
  public int headerLength() {
    return HEADER;
  }

  @Override
  public NalUnit classify(byte[] bytes, int start, int end) {
    boolean baseLayer =
        end - start > HEADER && (bytes[start] & 1) == 0 && (bytes[start + 1] & 0xf8) == 0;
    if (!baseLayer) {
      return NalUnit.of(Role.IGNORED);
    }
    if ((bytes[start + 1] & 7) == 0) {
      return NalUnit.of(Role.UNREADABLE); // nuh_temporal_id_plus1 is never 0 (section 7.4.2.2).
    }
    int type = NalUnitTypes.type(bytes[start]);
    return switch (type) {
      case NalUnitTypes.SEQUENCE_PARAMETER_SET -> NalUnit.of(Role.SEQUENCE_PARAMETER_SET);
      case NalUnitTypes.VIDEO_PARAMETER_SET, NalUnitTypes.PICTURE_PARAMETER_SET ->
          NalUnit.of(Role.PARAMETER_SET);
      case NalUnitTypes.END_OF_SEQUENCE, NalUnitTypes.END_OF_BITSTREAM ->
          NalUnit.of(Role.END_OF_SEQUENCE);
      case NalUnitTypes.ACCESS_UNIT_DELIMITER, NalUnitTypes.FILLER -> NalUnit.of(Role.IGNORED);
      case NalUnitTypes.PREFIX_SEI ->
          NalUnit.of(
              RecoveryPoints.isAmong(bytes, start + HEADER, end)
                  ? Role.RECOVERY_POINT
                  : Role.OTHER);
      default ->
          NalUnitTypes.isPicture(type)
              ? slice(
                  type, Arrays.copyOfRange(bytes, start, Math.min(end, start + SLICE_HEADER_BYTES)))
              : NalUnit.of(Role.OTHER);
    };
  }

  private static NalUnit slice(int type, byte[] header) {
    try {
      H265SliceHeader slice = H265SliceHeader.parse(header);
      boolean key = NalUnitTypes.isKey(type);
      return new NalUnit(
          NalUnitTypes.isSkippedAtStart(type) ? Role.SKIPPED_LEADING_SLICE : Role.SLICE,
          slice.first(),
          key,
          type == NalUnitTypes.CRA,
          key,
          slice.pictureParameterSet());
    } catch (MalformedBitstreamException e) {
      return NalUnit.of(Role.UNREADABLE);
    }
  }
}
