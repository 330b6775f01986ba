package io.kydai.ingest.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {
  private double random = 0.5;
  private final BackOff backOff =
      new BackOff(Duration.ofMillis(500), Duration.ofSeconds(30), () -> random);

  @Test
  void theBoundDoublesUpToTheLongestAndStartsAgainAfterAReset() {
    assertThat(Stream.generate(() -> backOff.next().toMillis()).limit(9))
        .containsExactly(250L, 500L, 1000L, 2000L, 4000L, 8000L, 15_000L, 15_000L, 15_000L);
    backOff.reset();
    assertThat(backOff.next()).hasMillis(250);
  }

  @Test
  void aDrawNearNothingStillWaitsALittle() {
    random = 0;
    assertThat(backOff.next()).hasMillis(50);
    assertThat(backOff.next()).hasMillis(50);
  }
}
