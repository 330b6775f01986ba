package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * The parameters that a decoder or a muxer needs before the first audio frame. They are immutable,
 * and equal when all their fields are equal byte for byte.
 */
public final class AudioParameters {
  private final AudioCodec codec;
  private final int sampleRate;
  private final int channels;
  private final byte[] configuration;

  /**
   * Creates the parameters.
   *
   * @param sampleRate the sampling rate in samples per second, at least 1
   * @param channels the number of channels, at least 1
   * @param configuration the AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) of AAC; otherwise empty
   * @throws IllegalArgumentException when the sampling rate or the number of channels is below 1
   */
  public AudioParameters(AudioCodec codec, int sampleRate, int channels, byte[] configuration) {
    if (sampleRate < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "the sampling rate and the number of channels must be at least 1");
    }
    this.codec = requireNonNull(codec);
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.configuration = configuration.clone();
  }

  /** Returns the encoding. */
  public AudioCodec codec() {
    return codec;
  }

  /** Returns the sampling rate in samples per second. */
  public int sampleRate() {
    return sampleRate;
  }

  /** Returns the number of channels. */
  public int channels() {
    return channels;
  }

  /** Returns a copy of the AudioSpecificConfig of AAC; empty for other codecs. */
  public byte[] configuration() {
    return configuration.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AudioParameters that
        && codec == that.codec
        && sampleRate == that.sampleRate
        && channels == that.channels
        && Arrays.equals(configuration, that.configuration);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(configuration) * 31 + sampleRate;
  }

  @Override
  public String toString() {
    return codec + " " + sampleRate + " Hz x" + channels;
  }
}
