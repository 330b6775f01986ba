package io.kydai.streaming.mp4;

import io.kydai.ingest.media.AudioCodec;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.AudioParameters;
import java.util.Optional;

/**
 * The track of a camera's sound in a recorded file, which is not encoded anew. AAC has the sample
 * entry {@code mp4a} with an {@code esds} (ISO/IEC 14496-14, section 5.6; the descriptors are those
 * of 14496-1, section 7.2.6), and G.711 has {@code ulaw} or {@code alaw} (QuickTime File Format,
 * "Sound sample descriptions", version 0), of which each packet of the camera is a sample. Its time
 * scale is the sampling rate. Immutable.
 */
public final class SoundTrack {
  private static final int MOST_RATE = 192_000;
  private static final int MOST_CHANNELS = 8;

  /** {@code samplerate} is 16.16 fixed point; a higher rate is told by the configuration alone. */
  private static final int MOST_RATE_IN_ENTRY = 0xffff;

  private static final int AAC_OBJECT = 0x40;
  private static final int AUDIO_STREAM = 0x15;

  private final AudioParameters parameters;
  private final int timescale;
  private final int frameSamples;

  private SoundTrack(AudioParameters parameters, int timescale, int frameSamples) {
    this.parameters = parameters;
    this.timescale = timescale;
    this.frameSamples = frameSamples;
  }

  /**
   * Returns the track of a sound.
   *
   * @return empty where the sound is of a kind that is not recorded
   */
  public static Optional<SoundTrack> of(AudioParameters parameters) {
    if (parameters.channels() > MOST_CHANNELS || parameters.sampleRate() > MOST_RATE) {
      return Optional.empty();
    }
    if (parameters.codec() != AudioCodec.AAC) {
      return Optional.of(new SoundTrack(parameters, parameters.sampleRate(), 0));
    }
    return AacConfiguration.read(parameters.configuration())
        .map(read -> new SoundTrack(parameters, read.sampleRate(), read.frameSamples()));
  }

  /** What the frames of the track are decoded with. */
  public AudioParameters parameters() {
    return parameters;
  }

  /** The ticks of the track's times in a second. */
  int timescale() {
    return timescale;
  }

  /** How long a frame lasts, in ticks. */
  int duration(AudioFrame frame) {
    return frameSamples > 0
        ? frameSamples
        : Math.max(1, frame.data().remaining() / parameters.channels());
  }

  /** Writes {@code trak}, without samples. */
  void track(BoxWriter out) {
    out.box(
        "trak",
        () -> {
          TrackBoxes.soundHeader(out, 0, 0);
          TrackBoxes.sound(
              out,
              timescale,
              0,
              0,
              () -> out.fullBox("stsd", 0, 0, () -> entry(out.u32(1))),
              () -> Fragments.emptyTables(out));
        });
  }

  private void entry(BoxWriter out) {
    String type =
        switch (parameters.codec()) {
          case AAC -> "mp4a";
          case PCMU -> "ulaw";
          case PCMA -> "alaw";
        };
    out.box(
        type,
        () -> {
          out.zeros(6).u16(1).zeros(8).u16(parameters.channels()).u16(16).zeros(4);
          out.u32(timescale > MOST_RATE_IN_ENTRY ? 0 : (long) timescale << 16);
          if (parameters.codec() == AudioCodec.AAC) {
            out.fullBox("esds", 0, 0, () -> descriptors(out, parameters.configuration()));
          }
        });
  }

  /** Each descriptor is shorter than 128 bytes, so that one byte tells its length. */
  private static void descriptors(BoxWriter out, byte[] configuration) {
    int specific = 2 + configuration.length;
    int decoder = 2 + 13 + specific;
    out.u8(3).u8(3 + decoder + 3).u16(0).u8(0);
    out.u8(4).u8(13 + specific).u8(AAC_OBJECT).u8(AUDIO_STREAM).zeros(11);
    out.u8(5).u8(configuration.length).put(configuration);
    out.u8(6).u8(1).u8(2);
  }
}
