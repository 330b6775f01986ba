package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kydai.console.http.answer.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {
  @ParameterizedTest
  @CsvSource({
    "bytes=0-0,     0,  1, bytes 0-0/10",
    "bytes=0-,      0, 10, bytes 0-9/10",
    "bytes=4-,      4,  6, bytes 4-9/10",
    "bytes=4-100,   4,  6, bytes 4-9/10",
    "bytes=-3,      7,  3, bytes 7-9/10",
    "bytes=-100,    0, 10, bytes 0-9/10",
    "bytes=9-9,     9,  1, bytes 9-9/10"
  })
  void oneRangeIsCutToTheFile(String header, long first, long length, String contentRange) {
    ByteRange range = ByteRange.of(header, 10).orElseThrow();

    assertThat(range).isEqualTo(new ByteRange(first, length));
    assertThat(range.contentRange(10)).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=0-1,4-5", "bytes=5-4", "bytes=-", "lines=0-1", "", "bytes=a-b", "bytes=1"})
  void whatMakesNoSenseIsIgnored(String header) {
    assertThat(ByteRange.of(header, 10)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0"})
  void whatLiesOutsideIsRefusedWithTheSize(String header) {
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> ByteRange.of(header, 10))
        .satisfies(problem -> assertThat(problem.status()).isEqualTo(416));
  }

  @Test
  void aNumberBeyondAllFilesIsIgnored() {
    assertThat(ByteRange.of("bytes=9999999999999999999999-", 10)).isEmpty();
  }
}
