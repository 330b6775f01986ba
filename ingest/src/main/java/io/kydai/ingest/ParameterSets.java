package io.kydai.ingest;

import io.kydai.ingest.h264.MalformedBitstreamException;
import io.kydai.ingest.h264.NalUnits;
import io.kydai.ingest.h264.PictureParameterSet;
import io.kydai.ingest.h264.SequenceParameterSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A camera's parameter sets as they are now, by their ids; later ones replace earlier ones.
 *
 * <p>At most 32 SPS and 64 PPS of 4 KiB each are kept; what is larger, unreadable, or a 65th PPS is
 * left out, and a picture that needs it does not leave.
 */
final class ParameterSets {
  private static final Logger LOG = LoggerFactory.getLogger(ParameterSets.class);
  private static final int MAX_SIZE = 4096;
  private static final int MAX_PICTURE_SETS = 64;

  private record Sequence(SequenceParameterSet read, byte[] nal) {}

  private record Picture(PictureParameterSet read, byte[] nal) {}

  private final CameraId camera;
  private final Map<Integer, Sequence> sequences = new TreeMap<>();
  private final Map<Integer, Picture> pictures = new TreeMap<>();
  private final Map<Integer, CodecParameters> built = new TreeMap<>();

  ParameterSets(CameraId camera) {
    this.camera = camera;
  }

  /** Takes an SPS or PPS NAL unit; others are passed over. */
  void accept(byte[] untrimmed) {
    if (untrimmed.length == 0) {
      return;
    }
    byte[] nal = NalUnits.trimmed(untrimmed);
    try {
      if (nal.length > MAX_SIZE) {
        throw new MalformedBitstreamException("has " + nal.length + " bytes");
      }
      int type = NalUnits.type(nal[0]);
      if (type == NalUnits.SEQUENCE_PARAMETER_SET) {
        SequenceParameterSet read = SequenceParameterSet.parse(nal);
        Sequence before = sequences.put(read.id(), new Sequence(read, nal));
        if (before == null || !Arrays.equals(before.nal, nal)) {
          built.clear();
        }
      } else if (type == NalUnits.PICTURE_PARAMETER_SET) {
        accept(PictureParameterSet.parse(nal), nal);
      }
    } catch (MalformedBitstreamException e) {
      LOG.debug("camera {}: a parameter set {}", camera, e.getMessage());
    }
  }

  private void accept(PictureParameterSet read, byte[] nal) {
    if (!pictures.containsKey(read.id()) && pictures.size() == MAX_PICTURE_SETS) {
      LOG.debug("camera {}: more than {} picture parameter sets", camera, MAX_PICTURE_SETS);
      return;
    }
    Picture before = pictures.put(read.id(), new Picture(read, nal));
    if (before == null || !Arrays.equals(before.nal, nal)) {
      built.clear();
    }
  }

  /**
   * What a picture that names this PPS is decoded with: the SPS that the PPS refers to and every
   * PPS that refers to the same one. The same instance until a set changes. Empty when a set is
   * missing.
   */
  Optional<CodecParameters> parameters(int pictureParameterSet) {
    Picture picture = pictures.get(pictureParameterSet);
    if (picture == null) {
      return Optional.empty();
    }
    Sequence sequence = sequences.get(picture.read.sequenceId());
    if (sequence == null) {
      return Optional.empty();
    }
    return Optional.of(built.computeIfAbsent(sequence.read.id(), id -> build(sequence)));
  }

  /** How many pictures may overtake one that names this PPS; empty where nobody says. */
  OptionalInt reorderDepth(int pictureParameterSet) {
    Picture picture = pictures.get(pictureParameterSet);
    Sequence sequence = picture == null ? null : sequences.get(picture.read.sequenceId());
    return sequence == null ? OptionalInt.empty() : sequence.read.reorderDepth();
  }

  private CodecParameters build(Sequence sequence) {
    List<byte[]> sets = new ArrayList<>();
    for (Picture picture : pictures.values()) {
      if (picture.read.sequenceId() == sequence.read.id()) {
        sets.add(picture.nal);
      }
    }
    return new CodecParameters(
        Codec.H264, sequence.read.width(), sequence.read.height(), List.of(sequence.nal), sets);
  }
}
