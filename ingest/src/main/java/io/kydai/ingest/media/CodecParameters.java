package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a decoder or a muxer has to know before the first access unit. Immutable; a new instance is
 * attached to the access units that follow a change in mid-stream.
 *
 * <p>Two instances are equal when their codecs, sizes and parameter sets are, byte for byte.
 */
public final class CodecParameters {
  private final Codec codec;
  private final int width;
  private final int height;
  private final List<byte[]> videoParameterSets;
  private final List<byte[]> sequenceParameterSets;
  private final List<byte[]> pictureParameterSets;
  private final DecoderConfiguration configuration;
  private final PixelAspectRatio pixelAspect;

  /**
   * Of H.264.
   *
   * @param codec {@link Codec#H264}; the others have factories of their own
   * @param width of the cropped picture in pixels, at least 1
   * @param height of the cropped picture in pixels, at least 1
   * @param sequenceParameterSets SPS NAL units with their one-byte header, without start code; at
   *     least one
   * @param pictureParameterSets PPS NAL units, likewise
   */
  public CodecParameters(
      Codec codec,
      int width,
      int height,
      List<byte[]> sequenceParameterSets,
      List<byte[]> pictureParameterSets) {
    this(
        requireH264(codec),
        width,
        height,
        List.of(),
        requireSome(sequenceParameterSets, "SPS"),
        requireSome(pictureParameterSets, "PPS"),
        DecoderConfiguration.avc(sequenceParameterSets, pictureParameterSets));
  }

  private CodecParameters(
      Codec codec,
      int width,
      int height,
      List<byte[]> videoParameterSets,
      List<byte[]> sequenceParameterSets,
      List<byte[]> pictureParameterSets,
      DecoderConfiguration configuration) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture has at least one pixel");
    }
    this.codec = requireNonNull(codec);
    this.width = width;
    this.height = height;
    this.videoParameterSets = copy(videoParameterSets);
    this.sequenceParameterSets = copy(sequenceParameterSets);
    this.pictureParameterSets = copy(pictureParameterSets);
    this.configuration = configuration;
    this.pixelAspect = pixelAspect(codec, sequenceParameterSets);
  }

  /**
   * Of H.265: NAL units with their two-byte headers, without start codes, at least one of each
   * kind.
   *
   * @throws IllegalArgumentException when the first SPS cannot be read
   */
  public static CodecParameters h265(
      int width,
      int height,
      List<byte[]> videoParameterSets,
      List<byte[]> sequenceParameterSets,
      List<byte[]> pictureParameterSets) {
    requireSome(videoParameterSets, "VPS");
    requireSome(sequenceParameterSets, "SPS");
    requireSome(pictureParameterSets, "PPS");
    try {
      return new CodecParameters(
          Codec.H265,
          width,
          height,
          videoParameterSets,
          sequenceParameterSets,
          pictureParameterSets,
          DecoderConfiguration.hevc(
              videoParameterSets, sequenceParameterSets, pictureParameterSets));
    } catch (MalformedBitstreamException e) {
      throw new IllegalArgumentException("an SPS " + e.getMessage(), e);
    }
  }

  /** Of motion JPEG, which has a size and nothing else. */
  public static CodecParameters jpeg(int width, int height) {
    return new CodecParameters(
        Codec.JPEG, width, height, List.of(), List.of(), List.of(), DecoderConfiguration.NONE);
  }

  /** An SPS that says nothing of it, or nothing readable, means square pixels. */
  private static PixelAspectRatio pixelAspect(Codec codec, List<byte[]> sequenceSets) {
    try {
      return switch (codec) {
        case H264 ->
            io.kydai.ingest.codec.h264.H264SequenceParameterSet.parse(sequenceSets.get(0))
                .pixelAspect();
        case H265 ->
            io.kydai.ingest.codec.h265.H265SequenceParameterSet.parse(sequenceSets.get(0))
                .pixelAspect();
        case JPEG -> PixelAspectRatio.SQUARE;
      };
    } catch (MalformedBitstreamException e) {
      return PixelAspectRatio.SQUARE;
    }
  }

  private static Codec requireH264(Codec codec) {
    if (codec != Codec.H264) {
      throw new IllegalArgumentException("parameters of " + codec + " are not made like this");
    }
    return codec;
  }

  private static List<byte[]> requireSome(List<byte[]> sets, String kind) {
    if (sets.isEmpty()) {
      throw new IllegalArgumentException("at least one " + kind + " is needed");
    }
    return sets;
  }

  public Codec codec() {
    return codec;
  }

  /** Width of the cropped picture in pixels. */
  public int width() {
    return width;
  }

  /** Height of the cropped picture in pixels. */
  public int height() {
    return height;
  }

  /** How wide its pixels are shown, by the first SPS; square where that says nothing. */
  public PixelAspectRatio pixelAspect() {
    return pixelAspect;
  }

  /** How wide the picture is shown, in square pixels. */
  public int displayWidth() {
    return pixelAspect.displayWidth(width, height);
  }

  /** How high the picture is shown, in square pixels. */
  public int displayHeight() {
    return pixelAspect.displayHeight(width, height);
  }

  /** VPS NAL units of H.265, with header and without start code. The arrays are copies. */
  public List<byte[]> videoParameterSets() {
    return copy(videoParameterSets);
  }

  /** SPS NAL units, each with its header and without start code. The arrays are copies. */
  public List<byte[]> sequenceParameterSets() {
    return copy(sequenceParameterSets);
  }

  /** PPS NAL units, each with its header and without start code. The arrays are copies. */
  public List<byte[]> pictureParameterSets() {
    return copy(pictureParameterSets);
  }

  /** All parameter sets in the order in which a decoder wants them; none for JPEG. */
  public List<byte[]> parameterSets() {
    return Stream.of(videoParameterSets, sequenceParameterSets, pictureParameterSets)
        .flatMap(List::stream)
        .map(byte[]::clone)
        .toList();
  }

  /**
   * The codec as browsers name it (RFC 6381, section 3.3; ISO/IEC 14496-15, annex E), such as
   * {@code avc1.42e01e} or {@code hvc1.1.6.L93.B0}. Empty where they have no name for it: JPEG in
   * MP4 is nothing that a browser plays.
   */
  public Optional<String> mediaSourceName() {
    return Optional.ofNullable(configuration.mediaSourceName());
  }

  /**
   * What MP4 keeps beside the sample description, and libavcodec's extradata, for access units with
   * lengths of four bytes: the content of an {@code avcC} box (AVCDecoderConfigurationRecord,
   * ISO/IEC 14496-15, 5.3.3.1) or of an {@code hvcC} box (8.3.3.1). Empty for JPEG. A copy.
   */
  public byte[] decoderConfiguration() {
    return configuration.record().clone();
  }

  private static List<byte[]> copy(List<byte[]> nals) {
    return nals.stream().map(byte[]::clone).toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CodecParameters that
        && codec == that.codec
        && width == that.width
        && height == that.height
        && same(videoParameterSets, that.videoParameterSets)
        && same(sequenceParameterSets, that.sequenceParameterSets)
        && same(pictureParameterSets, that.pictureParameterSets);
  }

  private static boolean same(List<byte[]> one, List<byte[]> other) {
    return Arrays.deepEquals(one.toArray(), other.toArray());
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(sequenceParameterSets.toArray()) * 31 + width;
  }

  @Override
  public String toString() {
    return codec + " " + width + "x" + height;
  }
}
