package io.kydai.ingest.camera;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.camera.ParameterSet.Kind;
import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.rtp.packet.Picture;
import io.kydai.ingest.source.CameraId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parameter sets of an H.264 or H.265 stream by their ids. A later parameter set replaces an
 * earlier one with the same id.
 *
 * <p>At most 64 parameter sets of each kind, of at most 4 KiB each, are kept. A parameter set that
 * is larger, malformed, or the 65th is ignored, and a picture that refers to it is not delivered.
 */
final class NalParameterSets implements ParameterSets {
  private static final Logger LOG = LoggerFactory.getLogger(NalParameterSets.class);
  private static final int MAX_SIZE = 4096;
  private static final int MAX_SETS = 64;

  private final CameraId camera;
  private final Codec codec;
  private final Map<Kind, Map<Integer, ParameterSet>> sets = new EnumMap<>(Kind.class);
  private final Map<Integer, CodecParameters> built = new TreeMap<>();

  /** The PPS of the previous picture and the parameters that it refers to; null after a change. */
  private @Nullable Active active;

  private record Active(
      int pictureParameterSet,
      @Nullable CodecParameters parameters,
      @Nullable Integer reorderDepth) {}

  /**
   * Creates an empty set.
   *
   * @param codec H.264 or H.265
   */
  NalParameterSets(CameraId camera, Codec codec) {
    this.camera = camera;
    this.codec = codec;
    for (Kind kind : Kind.values()) {
      sets.put(kind, new TreeMap<>());
    }
  }

  @Override
  public void accept(byte[] untrimmed) {
    if (untrimmed.length == 0) {
      return;
    }
    byte[] nal = NalUnits.trimmed(untrimmed);
    try {
      if (nal.length > MAX_SIZE) {
        throw new MalformedBitstreamException("has " + nal.length + " bytes");
      }
      Optional<ParameterSet> read = ParameterSet.read(codec, nal);
      if (read.isPresent()) {
        store(read.get());
      }
    } catch (MalformedBitstreamException e) {
      LOG.debug("camera {}: a parameter set {}", camera, e.getMessage());
    }
  }

  private void store(ParameterSet set) throws MalformedBitstreamException {
    Map<Integer, ParameterSet> sameKind = requireNonNull(sets.get(set.kind()));
    if (!sameKind.containsKey(set.id()) && sameKind.size() == MAX_SETS) {
      throw new MalformedBitstreamException("is one more than " + MAX_SETS);
    }
    ParameterSet before = sameKind.put(set.id(), set);
    if (before == null || !Arrays.equals(before.nal(), set.nal())) {
      built.clear();
      active = null;
    }
  }

  /**
   * Returns the SPS that the picture's PPS refers to, the VPS that this SPS refers to, and every
   * PPS that refers to the same SPS.
   */
  @Override
  public Optional<CodecParameters> parameters(Picture picture) {
    return Optional.ofNullable(active(picture.pictureParameterSet()).parameters);
  }

  @Override
  public @Nullable Integer reorderDepth(Picture picture) {
    return active(picture.pictureParameterSet()).reorderDepth;
  }

  private Active active(int pictureParameterSet) {
    Active known = active;
    if (known != null && known.pictureParameterSet == pictureParameterSet) {
      return known;
    }
    Optional<ParameterSet> sequence =
        find(Kind.PICTURE, pictureParameterSet).flatMap(set -> find(Kind.SEQUENCE, set.refersTo()));
    Active found =
        new Active(
            pictureParameterSet,
            sequence.flatMap(this::parameters).orElse(null),
            sequence.map(ParameterSet::reorderDepth).orElse(null));
    active = found;
    return found;
  }

  private Optional<CodecParameters> parameters(ParameterSet sequence) {
    CodecParameters known = built.get(sequence.id());
    if (known != null) {
      return Optional.of(known);
    }
    Optional<CodecParameters> made = build(sequence);
    made.ifPresent(parameters -> built.put(sequence.id(), parameters));
    return made;
  }

  private Optional<CodecParameters> build(ParameterSet sequence) {
    List<byte[]> one = List.of(sequence.nal());
    List<byte[]> pictures =
        requireNonNull(sets.get(Kind.PICTURE)).values().stream()
            .filter(set -> set.refersTo() == sequence.id())
            .map(ParameterSet::nal)
            .toList();
    int width = sequence.width();
    int height = sequence.height();
    if (codec == Codec.H264) {
      return Optional.of(new CodecParameters(codec, width, height, one, pictures));
    }
    return find(Kind.VIDEO, sequence.refersTo())
        .map(video -> CodecParameters.h265(width, height, List.of(video.nal()), one, pictures));
  }

  private Optional<ParameterSet> find(Kind kind, int id) {
    return Optional.ofNullable(requireNonNull(sets.get(kind)).get(id));
  }
}
