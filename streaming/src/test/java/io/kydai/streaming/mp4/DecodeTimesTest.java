package io.kydai.streaming.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {
  private final DecodeTimes times = new DecodeTimes();

  @Test
  void withoutReorderingPicturesAreDecodedWhenTheyAreShown() {
    assertThat(decode(0, 3600, 7200, 10900)).containsExactly(0, 3600, 7200, 10900);
    assertThat(times.duration()).isEqualTo(3700);
  }

  @Test
  void onceReorderingIsKnownNoPictureIsShownBeforeItIsDecoded() {
    decode(0, 10800, 3600, 7200, 21600, 14400, 18000);

    long[] shown = {32400, 25200, 28800, 43200, 36000, 39600};
    long[] decoded = decode(shown);

    assertThat(decoded).isSorted();
    for (int i = 0; i < shown.length; i++) {
      assertThat(decoded[i]).isLessThanOrEqualTo(shown[i]);
    }
  }

  @Test
  void decodeTimesRiseEvenWhereMediaTimesDoNot() {
    assertThat(decode(0, 3600, 3600, 3600, 100, 0)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void afterAGapTheDelayIsThatOfReorderingAndNotOfTheGap() {
    decode(0, 7200, 3600, 14400, 10800);

    long afterGap = times.next(9_000_000, true);

    assertThat(afterGap).isBetween(9_000_000 - 2 * 3600L, 9_000_000L);
  }

  @Test
  void noStepIsOneThatABrowserWouldTakeForADiscontinuity() {
    // 25 a second, three pictures left out, 5 a second, 25 again, and a hole of eight seconds.
    long[] steps = {3600, 3600, 14400, 3600, 3600, 18000, 18000, 18000, 18000, 3600, 720_000};
    long mediaTime = 0;
    long last = times.next(mediaTime, true);
    for (int i = 0; i < 100; i++) {
      long longest = 2 * times.duration();
      mediaTime += i < steps.length ? steps[i] : 3600;
      long time = times.next(mediaTime, false);
      assertThat(time - last).isBetween(1L, longest);
      assertThat(time).isLessThanOrEqualTo(mediaTime);
      last = time;
    }
    long afterTheHole = 0;
    while (last < mediaTime) {
      mediaTime += 3600;
      last = times.next(mediaTime, false);
      assertThat(++afterTheHole).as("pictures until decoding has caught up").isLessThan(500);
    }
    assertThat(times.duration()).isEqualTo(3600);
  }

  @Test
  void theDurationFollowsTheRate() {
    decode(0, 3600, 7200, 7200 + 18000, 7200 + 36000, 7200 + 54000);
    assertThat(times.duration()).isEqualTo(18000);
    times.next(7200 + 54000 + 3600, false);
    assertThat(times.duration()).isEqualTo(3600);
  }

  @Test
  void aHoleOfMinutesIsJumped() {
    decode(0, 3600, 7200);
    assertThat(times.next(90_000 * 600, false)).isEqualTo(90_000 * 600);
  }

  @Test
  void theFirstDecodeTimeIsNotNegative() {
    decode(0, 7200, 3600);
    DecodeTimes fresh = new DecodeTimes();
    assertThat(fresh.next(0, true)).isZero();
  }

  private long[] decode(long... mediaTimes) {
    return Arrays.stream(mediaTimes).map(time -> times.next(time, false)).toArray();
  }
}
