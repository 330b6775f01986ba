package io.kydai.ingest.camera;

import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.codec.h265.NalUnitTypes;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.media.Codec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One parameter set, read as far as it takes to keep it.
 *
 * @param refersTo the id of the VPS (of an SPS) or of the SPS (of a PPS); otherwise 0
 * @param width of an SPS's picture in pixels, otherwise 0
 * @param height likewise
 * @param reorderDepth of an SPS: how many pictures may come before one that is shown before them,
 *     where it says so
 */
record ParameterSet(
    Kind kind,
    int id,
    int refersTo,
    int width,
    int height,
    @Nullable Integer reorderDepth,
    byte[] nal) {
  enum Kind {
    VIDEO,
    SEQUENCE,
    PICTURE
  }

  /** Reads a NAL unit with its header; empty when it is of another type. */
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
