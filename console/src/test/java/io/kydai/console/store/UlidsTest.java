package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UlidsTest {
  private static Ulids at(long millis) {
    return new Ulids(Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
  }

  @Test
  void growWithinAMillisecond() {
    Ulids ids = at(1_700_000_000_000L);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      made.add(ids.next());
    }
    assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(Ulids::valid);
  }

  @Test
  void growAlsoWhenTheClockWasSetBackBetweenTwoProcesses() {
    String before = at(1_700_000_000_000L).next();
    Ulids ids = at(1_600_000_000_000L);
    ids.startAfter(before);
    assertThat(ids.next()).isGreaterThan(before);
  }

  @Test
  void encodeTheTimeAsTheSpecificationSays() {
    assertThat(at(1_469_918_176_385L).next()).startsWith("01ARYZ6S41");
  }

  @Test
  void carryIntoTheTimeWhenTheRandomDigitsAreUsedUp() {
    Ulids ids = at(0);
    ids.startAfter("01ARYZ6S41ZZZZZZZZZZZZZZZZ");
    assertThat(ids.next()).isEqualTo("01ARYZ6S420000000000000000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01ARYZ6S420000000000000000 ",
        "01ARYZ6S42000000000000000",
        "01aryz6s420000000000000000",
        "01ARYZ6S42000000000000000I",
        "01ARYZ6S42000000000000000L",
        "01ARYZ6S42000000000000000O",
        "01ARYZ6S42000000000000000U",
        "01ARYZ6S42000000000000000Đ",
        "80000000000000000000000000",
        "/1ARYZ6S420000000000000000"
      })
  void otherTextsAreNone(String text) {
    assertThat(Ulids.valid(text)).isFalse();
  }

  @Test
  void theLastOneIsOne() {
    assertThat(Ulids.valid("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).isTrue();
  }
}
