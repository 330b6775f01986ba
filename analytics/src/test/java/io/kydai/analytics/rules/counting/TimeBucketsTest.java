package io.kydai.analytics.rules.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeBucketsTest {
  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

  private final TimeBuckets<String, Long> pieces =
      new TimeBuckets<>(TimeBuckets.SHORTEST, (a, b) -> a + b == 0 ? null : Long.valueOf(a + b));

  @Test
  void sumsAreInTheOrderOfTimeAndThenOfWhatIsCounted() {
    pieces.add(NOON.plusSeconds(300), "car", 1L);
    pieces.add(NOON.plusSeconds(299), "car", 2L);
    pieces.add(NOON, "bus", 3L);
    pieces.add(NOON.plusSeconds(1), "car", 4L);
    pieces.add(NOON.minusSeconds(1), "truck", 5L);
    pieces.add(NOON.minusSeconds(2), "truck", -5L);
    assertThat(pieces.list((from, key, sum) -> from + " " + key + " " + sum))
        .containsExactly(NOON + " bus 3", NOON + " car 6", NOON.plusSeconds(300) + " car 1");
  }

  @Test
  void aDayOfAClockThatRanAheadGivesWayToWhatIsCountedNow() {
    for (int i = 0; i < TimeBuckets.MOST; i++) {
      pieces.add(NOON.plus(Duration.ofDays(365)).plusSeconds(300L * i), "car", 1L);
    }
    pieces.add(NOON, "car", 1L);
    pieces.add(NOON.plusSeconds(300), "car", 1L);
    assertThat(pieces.list((from, key, sum) -> from))
        .hasSize(TimeBuckets.MOST)
        .startsWith(NOON, NOON.plusSeconds(300));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -300, 1, 299, 420})
  void otherLengthsThanMultiplesOfFiveMinutesAreRefused(int seconds) {
    assertThatThrownBy(() -> new TimeBuckets<String, Long>(Duration.ofSeconds(seconds), Long::sum))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
