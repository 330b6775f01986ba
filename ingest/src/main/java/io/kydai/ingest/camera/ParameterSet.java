package io.kydai.ingest.camera;

import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.codec.h265.NalUnitTypes;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.media.Codec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A parameter set with the fields that are needed to select it and to describe its pictures.
 *
 * @param kind VPS, SPS or PPS
 * @param id the parameter set's id
 * @param refersTo for an SPS of H.265 the id of its VPS, for a PPS the id of its SPS; otherwise 0
 * @param width for an SPS, the picture width in pixels; otherwise 0
 * @param height for an SPS, the picture height in pixels; otherwise 0
 * @param reorderDepth for an SPS, how many pictures may precede a picture in decoding order and
 *     follow it in output order; null when it is not given
 * @param nal the NAL unit with its header
 */
record ParameterSet(
    Kind kind,
    int id,
    int refersTo,
    int width,
    int height,
    @Nullable Integer reorderDepth,
    byte[] nal) {
  /** The kind of a parameter set: VPS, SPS or PPS. */
  enum Kind {
    VIDEO,
    SEQUENCE,
    PICTURE
  }

  /** Parses a NAL unit with its header; returns empty when it is no parameter set. */
  static Optional<ParameterSet> read(Codec codec, byte[] nal) throws MalformedBitstreamException {
    return codec == Codec.H265 ? h265(nal) : h264(nal);
  }

  private static Optional<ParameterSet> h264(byte[] nal) throws MalformedBitstreamException {
    switch (NalUnits.type(nal[0])) {
      case NalUnits.SEQUENCE_PARAMETER_SET -> {
        var read = io.kydai.ingest.codec.h264.H264SequenceParameterSet.parse(nal);
        return sequence(read.id(), 0, read.width(), read.height(), read.reorderDepth(), nal);
      }
      case NalUnits.PICTURE_PARAMETER_SET -> {
        var read = io.kydai.ingest.codec.h264.H264PictureParameterSet.parse(nal);
        return other(Kind.PICTURE, read.id(), read.sequenceId(), nal);
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private static Optional<ParameterSet> h265(byte[] nal) throws MalformedBitstreamException {
    switch (NalUnitTypes.type(nal[0])) {
      case NalUnitTypes.VIDEO_PARAMETER_SET -> {
        return other(
            Kind.VIDEO, io.kydai.ingest.codec.h265.VideoParameterSet.parse(nal).id(), 0, nal);
      }
      case NalUnitTypes.SEQUENCE_PARAMETER_SET -> {
        var read = io.kydai.ingest.codec.h265.H265SequenceParameterSet.parse(nal);
        int depth = read.reorderedPictures();
        return sequence(read.id(), read.videoId(), read.width(), read.height(), depth, nal);
      }
      case NalUnitTypes.PICTURE_PARAMETER_SET -> {
        var read = io.kydai.ingest.codec.h265.H265PictureParameterSet.parse(nal);
        return other(Kind.PICTURE, read.id(), read.sequenceId(), nal);
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  private static Optional<ParameterSet> sequence(
      int id, int refersTo, int width, int height, @Nullable Integer reorderDepth, byte[] nal) {
    return Optional.of(
        new ParameterSet(Kind.SEQUENCE, id, refersTo, width, height, reorderDepth, nal));
  }

  private static Optional<ParameterSet> other(Kind kind, int id, int refersTo, byte[] nal) {
    return Optional.of(new ParameterSet(kind, id, refersTo, 0, 0, null, nal));
  }
}
