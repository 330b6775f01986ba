package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.codec.syntax.MalformedBitstreamException;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The parameters that a decoder or a muxer needs before the first access unit. They are immutable;
 * a new instance is attached to the access units that follow a change within a stream.
 *
 * <p>Two instances are equal when their codecs, sizes and parameter sets are equal byte for byte.
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
   * Creates the parameters of an H.264 stream.
   *
   * @param codec {@link Codec#H264}; other codecs have factory methods
   * @param width the width of the cropped picture in pixels, at least 1
   * @param height the height of the cropped picture in pixels, at least 1
   * @param sequenceParameterSets at least one SPS NAL unit, each with its one-byte header and
   *     without start code
   * @param pictureParameterSets at least one PPS NAL unit in the same form
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
      throw new IllegalArgumentException("a picture is at least one pixel wide and high");
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
   * Creates the parameters of an H.265 stream from at least one NAL unit of each kind, each with
   * its two-byte header and without start code.
   *
   * @param width the width of the cropped picture in pixels, at least 1
   * @param height the height of the cropped picture in pixels, at least 1
   * @throws IllegalArgumentException when a kind is missing or the first SPS cannot be parsed
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
      throw new IllegalArgumentException("the first SPS " + e.getMessage(), e);
    }
  }

  /** Creates the parameters of a motion JPEG stream, which are its size in pixels only. */
  public static CodecParameters jpeg(int width, int height) {
    return new CodecParameters(
        Codec.JPEG, width, height, List.of(), List.of(), List.of(), DecoderConfiguration.NONE);
  }

  /** Returns the ratio that the first SPS gives; square when it gives none or cannot be parsed. */
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
      throw new IllegalArgumentException("this constructor is for H.264, not " + codec);
    }
    return codec;
  }

  private static List<byte[]> requireSome(List<byte[]> sets, String kind) {
    if (sets.isEmpty()) {
      throw new IllegalArgumentException("at least one " + kind + " is needed");
    }
    return sets;
  }

  /** Returns the video encoding. */
  public Codec codec() {
    return codec;
  }

  /** Returns the width of the cropped picture in pixels. */
  public int width() {
    return width;
  }

  /** Returns the height of the cropped picture in pixels. */
  public int height() {
    return height;
  }

  /** Returns the pixel aspect ratio of the first SPS; square when that gives none. */
  public PixelAspectRatio pixelAspect() {
    return pixelAspect;
  }

  /** Returns the width at which the picture is displayed, in square pixels. */
  public int displayWidth() {
    return pixelAspect.displayWidth(width, height);
  }

  /** Returns the height at which the picture is displayed, in square pixels. */
  public int displayHeight() {
    return pixelAspect.displayHeight(width, height);
  }

  /** Returns copies of the VPS NAL units of H.265, with header and without start code. */
  public List<byte[]> videoParameterSets() {
    return copy(videoParameterSets);
  }

  /** Returns copies of the SPS NAL units, with header and without start code. */
  public List<byte[]> sequenceParameterSets() {
    return copy(sequenceParameterSets);
  }

  /** Returns copies of the PPS NAL units, with header and without start code. */
  public List<byte[]> pictureParameterSets() {
    return copy(pictureParameterSets);
  }

  /** Returns copies of all parameter sets in the order VPS, SPS, PPS; none for JPEG. */
  public List<byte[]> parameterSets() {
    return Stream.of(videoParameterSets, sequenceParameterSets, pictureParameterSets)
        .flatMap(List::stream)
        .map(byte[]::clone)
        .toList();
  }

  /**
   * Returns the codec parameter of a media type (RFC 6381, section 3.3; ISO/IEC 14496-15, annex E)
   * by which browsers identify the codec, such as {@code avc1.42e01e} or {@code hvc1.1.6.L93.B0};
   * empty for JPEG, which browsers do not play in MP4.
   */
  public Optional<String> mediaSourceName() {
    return Optional.ofNullable(configuration.mediaSourceName());
  }

  /**
   * Returns a copy of the decoder configuration record for NAL unit lengths of four bytes: the
   * content of an {@code avcC} box (AVCDecoderConfigurationRecord, ISO/IEC 14496-15, 5.3.3.1) or of
   * an {@code hvcC} box (HEVCDecoderConfigurationRecord, 8.3.3.1) of MP4, which libavcodec takes as
   * extradata. It is empty for JPEG.
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
