package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is still closed when something does not. */
class ClosingStepsTest {
  private final List<String> closed = new ArrayList<>();

  @Test
  void whatDoesNotCloseInTimeKeepsNothingElseOpen() {
    ClosingSteps.run(
        Map.entry(
            "requests",
            () -> {
              throw new IOException("nothing happened within 5 s");
            }),
        Map.entry("HLS", () -> closed.add("HLS")),
        Map.entry(
            "WHEP",
            () -> {
              throw new IllegalStateException("closed already");
            }),
        Map.entry("workers", () -> closed.add("workers")));
    assertThat(closed).containsExactly("HLS", "workers");
  }

  @Test
  void anInterruptionIsKeptAndTheOtherStepsAreTaken() {
    ClosingSteps.run(
        Map.entry(
            "requests",
            () -> {
              throw new InterruptedException();
            }),
        Map.entry("workers", () -> closed.add("workers")));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).containsExactly("workers");
  }
}
