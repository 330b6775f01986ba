package io.kydai.streaming.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {
  private final DecodeTimes times = new DecodeTimes();

  @Test
  void anEvenStreamHasEvenDecodeTimes() {
    long[] decoded = decode(LongStream.range(0, 40).map(i -> 500_000 + i * 3600));

    for (int i = 1; i < decoded.length; i++) {
      assertThat(decoded[i] - decoded[i - 1]).isEqualTo(3600);
    }
    assertThat(times.duration()).isEqualTo(3600);
  }

  @Test
  void noPictureIsShownBeforeItIsDecodedFromTheVeryFirstOne() {
    long[] shown = {0, 5, 3, 1, 2, 4, 10, 8, 6, 7, 9, 15, 13, 11, 12, 14};

    long[] decoded = decode(LongStream.of(shown).map(i -> i * 3600));

    assertThat(decoded).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < shown.length; i++) {
      assertThat(decoded[i]).isBetween(0L, Math.max(i, shown[i] * 3600));
    }
  }

  @Test
  void whereACameraStumblesNoStepIsLongerThanTwoDurationsAndTheTimesCatchUp() {
    LongStream stumbling = LongStream.range(0, 120).map(i -> i * 3600 + (i < 20 ? 0 : 60_000));
    long last = 0;
    long duration = 3600;
    for (long mediaTime : stumbling.toArray()) {
      long time = times.next(mediaTime, false);
      assertThat(time - last).isLessThanOrEqualTo(2 * duration);
      last = time;
      duration = times.duration();
    }
    assertThat(last).isEqualTo((119 - 16) * 3600 + 60_000);
  }

  @Test
  void decodeTimesRiseEvenWhereMediaTimesDoNot() {
    assertThat(decode(LongStream.of(0, 3600, 3600, 3600, 100, 0)))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  @Test
  void afterAGapTheDelayIsThatOfReorderingAndNotOfTheGap() {
    decode(LongStream.range(0, 30).map(i -> i * 3600));

    assertThat(times.next(9_000_000, true)).isEqualTo(9_000_000 - 16 * 3600);
  }

  private long[] decode(LongStream mediaTimes) {
    return mediaTimes.map(time -> times.next(time, false)).toArray();
  }
}
