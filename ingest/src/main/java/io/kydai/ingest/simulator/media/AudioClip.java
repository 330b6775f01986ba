package io.kydai.ingest.simulator.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Encoded audio of a camera, played in an endless loop as a track of its own. Immutable. */
public final class AudioClip {
  private static final int MAX_BYTES = 64 << 20;
  private static final int[] RATES = {
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350
  };
  private static final int TONE_RATE = 8_000;

  private final int payloadType;
  private final int clockRate;
  private final int samplesPerUnit;
  private final List<String> attributes;
  private final List<MediaUnit> units;

  private AudioClip(
      int payloadType,
      int clockRate,
      int samplesPerUnit,
      List<String> attributes,
      List<byte[]> payloads) {
    this.payloadType = payloadType;
    this.clockRate = clockRate;
    this.samplesPerUnit = samplesPerUnit;
    this.attributes = attributes;
    this.units = payloads.stream().map(one -> new MediaUnit(List.of(one), true, 0)).toList();
  }

  /** Returns a tone of 400 Hz in G.711 µ-law (RFC 3551, PCMU), in packets of 20 ms. */
  public static AudioClip tone() {
    byte[] samples = new byte[TONE_RATE / 50];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = muLaw((int) (8000 * Math.sin(2 * Math.PI * 400 * i / TONE_RATE)));
    }
    return new AudioClip(
        0, TONE_RATE, samples.length, List.of("a=rtpmap:0 PCMU/8000"), List.of(samples));
  }

  /**
   * Encodes a sample of 16 bits (ITU-T G.711, table 2a): sign, exponent and mantissa of the
   * magnitude, all bits inverted.
   */
  private static byte muLaw(int sample) {
    int magnitude = Math.min(Math.abs(sample), 32_635) + 132;
    int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
    int mantissa = magnitude >> exponent + 3 & 15;
    return (byte) ~((sample < 0 ? 0x80 : 0) | exponent << 4 | mantissa);
  }

  /**
   * Reads AAC from a file of ADTS frames (ISO/IEC 13818-7), as {@code ffmpeg -c:a aac FILE.aac}
   * writes it. Each packet carries one frame (RFC 3640, mode AAC-hbr).
   *
   * @throws IllegalArgumentException when the file has another format or is larger than 64 MiB
   * @throws UncheckedIOException when the file cannot be read
   */
  public static AudioClip adts(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " is larger than " + MAX_BYTES + " bytes");
      }
      return adts(Files.readAllBytes(file));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read: " + e, e);
    }
  }

  static AudioClip adts(byte[] stream) {
    List<byte[]> payloads = new ArrayList<>();
    int config = 0;
    int rate = 0;
    for (int at = 0; at < stream.length; ) {
      if (stream.length - at < 7 || stream[at] != -1 || (stream[at + 1] & 0xf6) != 0xf0) {
        throw new IllegalArgumentException("not a stream of ADTS frames");
      }
      long head = ByteBuffer.wrap(Arrays.copyOfRange(stream, at, at + 8)).getLong() >>> 8;
      int header = (head >> 40 & 1) == 1 ? 7 : 9;
      int objectType = 1 + (int) (head >> 38 & 3);
      int rateIndex = (int) (head >> 34 & 15);
      int channels = (int) (head >> 30 & 7);
      int length = (int) (head >> 13 & 0x1fff);
      if (rateIndex >= RATES.length || length <= header || at + length > stream.length) {
        throw new IllegalArgumentException("an ADTS frame is broken or cut off");
      }
      if (payloads.isEmpty()) {
        rate = RATES[rateIndex];
        config = objectType << 11 | rateIndex << 7 | channels << 3;
      }
      int size = length - header;
      payloads.add(
          ByteBuffer.allocate(4 + size)
              .putShort((short) 16)
              .putShort((short) (size << 3))
              .put(stream, at + header, size)
              .array());
      at += length;
    }
    if (payloads.isEmpty()) {
      throw new IllegalArgumentException("not a stream of ADTS frames");
    }
    String map = "a=rtpmap:97 mpeg4-generic/" + rate + "/" + Math.max(1, config >> 3 & 15);
    String fmtp =
        "a=fmtp:97 streamtype=5;profile-level-id=1;mode=AAC-hbr;sizelength=13;indexlength=3;"
            + "indexdeltalength=3;config="
            + HexFormat.of().toHexDigits((short) config);
    return new AudioClip(97, rate, 1024, List.of(map, fmtp), payloads);
  }

  /** Returns the audio as a track. */
  public SimulatedTrack track() {
    return new SimulatedTrack() {
      @Override
      public int payloadType() {
        return payloadType;
      }

      @Override
      public int clockRate() {
        return clockRate;
      }

      @Override
      public double rate() {
        return (double) clockRate / samplesPerUnit;
      }

      @Override
      public boolean marks() {
        return payloadType != 0;
      }

      @Override
      public List<String> description() {
        List<String> lines = new ArrayList<>();
        lines.add("m=audio 0 RTP/AVP " + payloadType);
        lines.addAll(attributes);
        return lines;
      }

      @Override
      public MediaUnit unit(long index) {
        return units.get((int) (index % units.size()));
      }
    };
  }
}
