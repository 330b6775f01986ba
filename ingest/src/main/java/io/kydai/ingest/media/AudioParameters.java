package io.kydai.ingest.media;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * What a decoder or a muxer has to know before the first audio frame. Immutable.
 *
 * <p>Two instances are equal when all of it is, byte for byte.
 */
public final class AudioParameters {
  private final AudioCodec codec;
  private final int sampleRate;
  private final int channels;
  private final byte[] configuration;

  /**
   * @param sampleRate in samples per second, as the camera describes it
   * @param configuration of AAC its AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1); otherwise empty
   */
  public AudioParameters(AudioCodec codec, int sampleRate, int channels, byte[] configuration) {
    if (sampleRate < 1 || channels < 1) {
      throw new IllegalArgumentException("sound has at least one channel and one sample");
    }
    this.codec = requireNonNull(codec);
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.configuration = configuration.clone();
  }

  public AudioCodec codec() {
    return codec;
  }

  /** Samples per second. */
  public int sampleRate() {
    return sampleRate;
  }

  public int channels() {
    return channels;
  }

  /** AAC's AudioSpecificConfig; otherwise empty. A copy. */
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
