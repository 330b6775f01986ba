package io.kydai.ingest.rtp.nal;

import io.kydai.ingest.codec.h264.H264SliceHeader;
import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.h264.RecoveryPoints;
import io.kydai.ingest.rtp.nal.NalUnit.Role;
import java.util.Arrays;

/** Classifies H.264 NAL units (ITU-T H.264, table 7-1). */
final class H264NalClassifier implements NalClassifier {
  static final H264NalClassifier INSTANCE = new H264NalClassifier();

  /** The number of bytes that are copied to read the start of a slice header. */
  private static final int SLICE_HEADER_BYTES = 16;

  private H264NalClassifier() {}

  @Override
  public int headerLength() {
    return 1;
  }

  @Override
  public NalUnit classify(byte[] bytes, int start, int end) {
    int type = NalUnits.type(bytes[start]);
    return switch (type) {
      case NalUnits.SLICE, NalUnits.DATA_PARTITION_A, NalUnits.IDR_SLICE ->
          slice(type, Arrays.copyOfRange(bytes, start, Math.min(end, start + SLICE_HEADER_BYTES)));
      case NalUnits.SEI ->
          NalUnit.of(
              RecoveryPoints.isAmong(bytes, start + 1, end) ? Role.RECOVERY_POINT : Role.OTHER);
      case NalUnits.SEQUENCE_PARAMETER_SET -> NalUnit.of(Role.SEQUENCE_PARAMETER_SET);
      case NalUnits.PICTURE_PARAMETER_SET -> NalUnit.of(Role.PARAMETER_SET);
      case NalUnits.ACCESS_UNIT_DELIMITER, NalUnits.FILLER -> NalUnit.of(Role.IGNORED);
      case NalUnits.END_OF_SEQUENCE, NalUnits.END_OF_STREAM -> NalUnit.of(Role.END_OF_SEQUENCE);
      default -> NalUnit.of(NalUnits.isUnspecified(type) ? Role.IGNORED : Role.OTHER);
    };
  }

  private static NalUnit slice(int type, byte[] header) {
    try {
      H264SliceHeader slice = H264SliceHeader.parse(header);
      return new NalUnit(
          Role.SLICE,
          slice.firstMacroblock() == 0,
          type == NalUnits.IDR_SLICE,
          false,
          slice.intra(),
          slice.pictureParameterSet());
    } catch (MalformedBitstreamException e) {
      return NalUnit.of(Role.UNREADABLE);
    }
  }
}
