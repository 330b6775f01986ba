package io.kydai.ingest.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MediaTimeTest {
  private static final long SMALL = 1L << 50;

  /** Numbers of every size and both signs, and what lies beside the powers of two. */
  private static LongStream numbers(long below) {
    Random random = new Random(90_000);
    LongStream anywhere = random.longs(20_000).map(value -> value >> random.nextInt(63));
    LongStream edges =
        LongStream.range(0, 63).map(i -> 1L << i).flatMap(p -> LongStream.of(p - 1, p, p + 1, -p));
    return LongStream.concat(anywhere, edges).filter(value -> Math.abs(value) < below);
  }

  @Test
  void ticksComeBackFromNanosecondsDurationsSecondsAndFinerScales() {
    numbers(SMALL / 16)
        .mapToObj(MediaTime::new)
        .forEach(
            time -> {
              assertThat(MediaTime.ofNanos(time.toNanos())).isEqualTo(time);
              assertThat(MediaTime.of(time.toDuration())).isEqualTo(time);
              assertThat(MediaTime.ofSeconds(time.toSeconds())).isEqualTo(time);
              assertThat(MediaTime.ofTimescale(time.toTimescale(1_000_000), 1_000_000))
                  .isEqualTo(time);
            });
  }

  @Test
  void durationsAndSecondsHoldWhatNanosecondsDoNot() {
    numbers(SMALL)
        .mapToObj(MediaTime::new)
        .forEach(
            time -> {
              assertThat(MediaTime.of(time.toDuration())).isEqualTo(time);
              assertThat(MediaTime.ofSeconds(time.toSeconds())).isEqualTo(time);
            });
  }

  @Test
  void millisecondsAndCoarserScalesComeBackFromTicks() {
    numbers(SMALL / 16)
        .forEach(
            value -> {
              assertThat(MediaTime.ofMillis(value).toMillis()).isEqualTo(value);
              for (int scale : new int[] {1, 1000, 8000, 44_100, 48_000, 90_000}) {
                assertThat(MediaTime.ofTimescale(value, scale).toTimescale(scale)).isEqualTo(value);
              }
            });
  }

  @Test
  void anInstanceAndTheStaticMethodsAgree() {
    numbers(SMALL / 16)
        .forEach(
            ticks -> {
              MediaTime time = new MediaTime(ticks);
              assertThat(time.toNanos()).isEqualTo(MediaTime.nanos(ticks));
              assertThat(time.toDuration()).isEqualTo(Duration.ofNanos(time.toNanos()));
              assertThat(time.toMillis()).isEqualTo(Math.floorDiv(time.toNanos(), 1_000_000));
              assertThat(time.toSeconds()).isEqualTo(MediaTime.seconds(ticks));
            });
  }

  @Test
  void theNearestTickIsTakenAndHalfATickGoesToTheLater() {
    assertThat(MediaTime.ticksOfNanos(5_555)).isZero();
    assertThat(MediaTime.ticksOfNanos(5_556)).isEqualTo(1);
    assertThat(MediaTime.ticksOfNanos(-5_556)).isEqualTo(-1);
    assertThat(MediaTime.rescale(1, 180_000, 90_000)).isEqualTo(1);
    assertThat(MediaTime.rescale(-1, 180_000, 90_000)).isZero();
    assertThat(MediaTime.ticks(Duration.ofNanos(-5_556))).isEqualTo(-1);
  }

  @Test
  void wholeUnitsAreNeverAheadOfThePoint() {
    assertThat(new MediaTime(1).toNanos()).isEqualTo(11_111);
    assertThat(new MediaTime(-1).toNanos()).isEqualTo(-11_112);
    assertThat(new MediaTime(89).toMillis()).isZero();
    assertThat(new MediaTime(-1).toMillis()).isEqualTo(-1);
  }

  @Test
  void nothingWraps() {
    for (long edge : new long[] {Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> MediaTime.nanos(edge)).isInstanceOf(ArithmeticException.class);
      assertThatThrownBy(() -> MediaTime.ofMillis(edge)).isInstanceOf(ArithmeticException.class);
      assertThatThrownBy(() -> MediaTime.of(Duration.ofSeconds(edge)))
          .isInstanceOf(ArithmeticException.class);
      assertThatThrownBy(() -> MediaTime.rescale(edge, 1, 2))
          .isInstanceOf(ArithmeticException.class);
      MediaTime far = new MediaTime(edge);
      assertThatThrownBy(() -> far.plus(far)).isInstanceOf(ArithmeticException.class);
      assertThat(far.minus(far)).isEqualTo(MediaTime.ZERO);
    }
    MediaTime last = new MediaTime(Long.MAX_VALUE);
    assertThat(MediaTime.of(last.toDuration())).isEqualTo(last);
    for (double none : new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1e18, -1e18}) {
      assertThatThrownBy(() -> MediaTime.ofSeconds(none)).isInstanceOf(ArithmeticException.class);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> MediaTime.rescale(1, 0, 1));
  }

  @Test
  void rtpTimestampsAreComparedTheShorterWayRound() {
    numbers(SMALL)
        .forEach(
            unwrapped -> {
              long timestamp = unwrapped + 3000 & 0xffff_ffffL;
              assertThat(MediaTime.timestampDifference(timestamp, unwrapped)).isEqualTo(3000);
              assertThat(MediaTime.timestampDifference(unwrapped, timestamp)).isEqualTo(-3000);
            });
    assertThat(MediaTime.timestampDifference(0, 0xffff_ffffL)).isEqualTo(1);
  }
}
