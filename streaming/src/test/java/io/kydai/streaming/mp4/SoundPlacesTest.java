package io.kydai.streaming.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AudioCodec;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.media.AudioParameters;
import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the frames of a sound stand in a file, and which sound can be recorded. */
class SoundPlacesTest {
  private static final AudioParameters PCMA =
      new AudioParameters(AudioCodec.PCMA, 8000, 1, new byte[0]);

  private final SoundPlaces places = new SoundPlaces(SoundTrack.of(PCMA).orElseThrow(), 900_000);

  private static AudioFrame frame(AudioParameters parameters, long millis, int bytes) {
    return new AudioFrame(
        new CameraId("gate"),
        parameters,
        900_000 + millis * 90,
        Instant.EPOCH,
        false,
        ByteBuffer.allocate(bytes));
  }

  private static AudioFrame frame(long millis) {
    return frame(PCMA, millis, 160);
  }

  @Test
  void framesFollowOneAnotherWhereTimesAreRounded() {
    SoundPlaces.Group first = places.place(List.of(frame(7), frame(28), frame(46)));
    assertThat(first.decodeTime()).isEqualTo(56);
    assertThat(first.durations()).containsExactly(160, 160, 160);
    assertThat(places.place(List.of(frame(70))).decodeTime()).isEqualTo(56 + 480);
  }

  @Test
  void behindAGapTheSoundIsAtItsTimeAndWhatWouldBeHeardTwiceIsLeftOut() {
    SoundPlaces.Group group = places.place(List.of(frame(0), frame(500), frame(520)));
    assertThat(group.durations()).containsExactly(4000, 160, 160);
    assertThat(places.place(List.of(frame(300), frame(400)))).isNull();
    assertThat(places.place(List.of(frame(420), frame(520))).decodeTime()).isEqualTo(4320);
  }

  @Test
  void whatIsBeforeTheFileEmptyOrOfAnotherKindIsLeftOut() {
    AudioParameters other = new AudioParameters(AudioCodec.PCMU, 8000, 1, new byte[0]);
    assertThat(places.place(List.of(frame(-40), frame(other, 0, 160), frame(PCMA, 20, 0))))
        .isNull();
  }

  /** ISO/IEC 14496-3: LC at 44.1 kHz; LC with frames of 960; SBR over LC; a rate in 24 bits. */
  @ParameterizedTest
  @CsvSource({
    "1210, 44100, 1024",
    "1214, 44100, 960",
    "2b118800, 24000, 1024",
    "1780232810, 18000, 1024",
  })
  void configurationsOfAac(String configuration, int rate, int samples) {
    assertThat(AacConfiguration.read(HexFormat.of().parseHex(configuration)))
        .contains(new AacConfiguration(rate, samples));
  }

  /** ELD, an unknown object type, a reserved rate, and bytes that end early. */
  @ParameterizedTest
  @CsvSource({"f8e85000", "0210", "1690", "12", "2b"})
  void whatIsNotUnderstoodIsNotRecorded(String configuration) {
    byte[] bytes = HexFormat.of().parseHex(configuration);
    assertThat(AacConfiguration.read(bytes)).isEmpty();
    assertThat(SoundTrack.of(new AudioParameters(AudioCodec.AAC, 48_000, 1, bytes))).isEmpty();
  }
}
