package io.kydai.console.http.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KnownValuesTest {
  private final KnownValues known = new KnownValues();

  @Test
  void aValueIsKnownByItsText() {
    known.add("007", 7L);
    assertThat(known.of("007")).isEqualTo(7L);
    assertThat(known.of("7")).isNull();
  }

  @Test
  void neitherManyNorLongValuesAreKept() {
    String longer = "x".repeat(KnownValues.LONGEST + 1);
    known.add(longer, 1L);
    assertThat(known.of(longer)).isNull();
    for (long i = 0; i <= KnownValues.MOST; i++) {
      known.add(Long.toString(i), i);
    }
    assertThat(known.of("0")).as("forgotten").isNull();
    assertThat(known.of(Long.toString(KnownValues.MOST))).isEqualTo((long) KnownValues.MOST);
  }
}
