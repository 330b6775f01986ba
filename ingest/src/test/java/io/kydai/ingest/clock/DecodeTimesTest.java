package io.kydai.ingest.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DecodeTimesTest {
  /** An I, then three mini-groups of P B B (shown in the order of their numbers). */
  private static final long[] WITH_B = {0, 3, 1, 2, 6, 4, 5, 9, 7, 8};

  private final DecodeTimes times = new DecodeTimes();

  private long[] decode(int depth, long start, long... shown) {
    return LongStream.of(shown)
        .map(place -> times.next(start + place * 3600, depth, false))
        .toArray();
  }

  @Test
  void withoutBPicturesDecodeAndPresentationAreOne() {
    assertThat(decode(0, 7, 0, 1, 2, 5, 6)).containsExactly(7, 3607, 7207, 18_007, 21_607);
  }

  @Test
  void aDeclaredDepthDelaysThePresentationByAsMuchAndNoMore() {
    assertThat(decode(1, 90_000, WITH_B))
        .containsExactly(
            86_400, 90_000, 93_600, 97_200, 100_800, 104_400, 108_000, 111_600, 115_200, 118_800);
  }

  @Test
  void atTheVeryBeginningDecodeTimesStillRiseFromZero() {
    long[] decoded = decode(2, 0, WITH_B);
    assertThat(decoded).startsWith(0, 1, 2).isSorted().doesNotHaveDuplicates();
    for (int i = 0; i < decoded.length; i++) {
      assertThat(decoded[i]).isLessThanOrEqualTo(Math.max(WITH_B[i] * 3600, i));
    }
  }

  @Test
  void whereNobodySaysSoReorderingIsLearntFromTheFirstGroup() {
    long[] decoded = decode(0, 90_000, WITH_B);
    assertThat(decoded).isSorted().doesNotHaveDuplicates();
    for (int i = 4; i < decoded.length; i++) {
      assertThat(decoded[i]).isLessThanOrEqualTo(90_000 + WITH_B[i] * 3600);
    }
    long[] next = new long[WITH_B.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = times.next(900_000 + WITH_B[i] * 3600, 0, i == 0);
      assertThat(next[i]).isLessThanOrEqualTo(900_000 + WITH_B[i] * 3600);
    }
    assertThat(next).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void mediaTimesThatStandStillOrGoBackStillGiveRisingDecodeTimes() {
    assertThat(decode(0, 0, 0, 1, 1, 1, 0, 0)).isSorted().doesNotHaveDuplicates();
  }
}
