package io.kydai.ingest;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;

/**
 * What a decoder or a muxer has to know before the first access unit. Immutable; a new instance is
 * attached to the access units that follow a change in mid-stream.
 *
 * <p>Two instances are equal when their parameter sets are, byte for byte.
 */
public final class CodecParameters {
  private final Codec codec;
  private final int width;
  private final int height;
  private final List<byte[]> sequenceParameterSets;
  private final List<byte[]> pictureParameterSets;

  /**
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
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture has at least one pixel");
    }
    if (sequenceParameterSets.isEmpty() || pictureParameterSets.isEmpty()) {
      throw new IllegalArgumentException("at least one SPS and one PPS are needed");
    }
    this.codec = requireNonNull(codec);
    this.width = width;
    this.height = height;
    this.sequenceParameterSets = copy(sequenceParameterSets);
    this.pictureParameterSets = copy(pictureParameterSets);
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

  /** SPS NAL units, each with its header byte and without start code. The arrays are copies. */
  public List<byte[]> sequenceParameterSets() {
    return copy(sequenceParameterSets);
  }

  /** PPS NAL units, each with its header byte and without start code. The arrays are copies. */
  public List<byte[]> pictureParameterSets() {
    return copy(pictureParameterSets);
  }

  /** The codec as browsers name it (RFC 6381, section 3.3), such as {@code avc1.42e01e}. */
  public String mediaSourceName() {
    byte[] sps = sequenceParameterSets.get(0);
    return String.format("avc1.%02x%02x%02x", sps[1] & 0xff, sps[2] & 0xff, sps[3] & 0xff);
  }

  /**
   * The AVCDecoderConfigurationRecord (ISO/IEC 14496-15, section 5.3.3.1) for access units with
   * lengths of four bytes: the content of an MP4 {@code avcC} box, and libavcodec's extradata.
   */
  public byte[] avcC() {
    byte[] sps = sequenceParameterSets.get(0);
    int size = 7;
    for (byte[] nal : sequenceParameterSets) {
      size += 2 + nal.length;
    }
    for (byte[] nal : pictureParameterSets) {
      size += 2 + nal.length;
    }
    byte[] record = new byte[size];
    record[0] = 1;
    record[1] = sps[1];
    record[2] = sps[2];
    record[3] = sps[3];
    record[4] = (byte) 0xff;
    record[5] = (byte) (0xe0 | sequenceParameterSets.size());
    int at = putAll(record, 6, sequenceParameterSets);
    record[at++] = (byte) pictureParameterSets.size();
    putAll(record, at, pictureParameterSets);
    return record;
  }

  private static int putAll(byte[] record, int at, List<byte[]> nals) {
    for (byte[] nal : nals) {
      record[at++] = (byte) (nal.length >> 8);
      record[at++] = (byte) nal.length;
      System.arraycopy(nal, 0, record, at, nal.length);
      at += nal.length;
    }
    return at;
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
        && same(sequenceParameterSets, that.sequenceParameterSets)
        && same(pictureParameterSets, that.pictureParameterSets);
  }

  private static boolean same(List<byte[]> one, List<byte[]> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!Arrays.equals(one.get(i), other.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sequenceParameterSets.get(0)) * 31 + width;
  }

  @Override
  public String toString() {
    return codec + " " + width + "x" + height;
  }
}
