package io.kydai.console.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownStackTest {
  private final List<String> closed = new ArrayList<>();
  private final ShutdownStack closing = new ShutdownStack();

  private AutoCloseable named(String name) {
    return () -> closed.add(name);
  }

  @Test
  void closesInReverseOrderAndOnceOnly() {
    closing.add("first", named("first"));
    closing.add(
        "broken",
        () -> {
          throw new IllegalStateException("for this test");
        });
    closing.add("last", named("last"));

    closing.close();
    closing.close();

    assertThat(closed).containsExactly("last", "first");
  }

  @Test
  void whatIsOpenedAfterTheCloseIsClosedAtOnceAndEndsTheOpening() {
    closing.close();

    assertThatThrownBy(() -> closing.add("late", named("late"))).isInstanceOf(StartException.class);
    assertThat(closed).containsExactly("late");
  }
}
