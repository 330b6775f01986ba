package io.kydai.streaming.mp4;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FragmentTimesTest {
  private final FragmentTimes times = new FragmentTimes();

  @Test
  void anEvenStreamKeepsItsDecodeTimes() {
    long[] even = LongStream.range(0, 40).map(i -> 500_000 + i * 3600).toArray();

    assertThat(decode(even)).isEqualTo(even);
    assertThat(times.duration()).isEqualTo(3600);
  }

  @Test
  void whereACameraStumblesNoStepIsLongerThanTwoDurationsAndTheTimesCatchUp() {
    LongStream stumbling = LongStream.range(0, 120).map(i -> i * 3600 + (i < 20 ? 0 : 60_000));
    long last = 0;
    long duration = 3600;
    for (long own : stumbling.toArray()) {
      long time = times.next(own, false);
      assertThat(time).isLessThanOrEqualTo(own);
      assertThat(time - last).isLessThanOrEqualTo(2 * duration);
      last = time;
      duration = times.duration();
    }
    assertThat(last).isEqualTo(119 * 3600 + 60_000);
  }

  @Test
  void afterAGapItGoesOnWhereTheCameraIs() {
    decode(LongStream.range(0, 30).map(i -> i * 3600).toArray());

    assertThat(times.next(9_000_000, true)).isEqualTo(9_000_000);
    assertThat(times.duration()).isEqualTo(3600);
  }

  @Test
  void timesRiseWhateverComes() {
    assertThat(decode(-7200, -3600, 0, 1, 2, 100, 101)).isSorted().doesNotHaveDuplicates();
  }

  private long[] decode(long... own) {
    return LongStream.of(own).map(time -> times.next(time, false)).toArray();
  }
}
