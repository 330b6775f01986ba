package io.kydai.console.http.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantSerializerTest {
  private static void writtenAsJavaHasIt(Instant time) {
    assertThat(Json.text(time)).isEqualTo('"' + time.toString() + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "0000-01-01T00:00:00Z",
        "-0001-12-31T23:59:59.999Z",
        "9999-12-31T23:59:59.999Z",
        "+10000-01-01T00:00:00Z",
        "2024-02-29T23:59:59.001Z",
        "2026-11-30T07:05:09.010Z",
        "2026-11-30T07:05:09.000001Z",
        "2026-11-30T07:05:09.123456789Z",
        "+1000000000-12-31T23:59:59.999999999Z"
      })
  void theEdges(String time) {
    writtenAsJavaHasIt(Instant.parse(time));
  }

  @Test
  void anyMillisecond() {
    Random random = new Random(14);
    long years = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli() * 2;
    for (int i = 0; i < 20_000; i++) {
      writtenAsJavaHasIt(Instant.ofEpochMilli((long) ((random.nextDouble() - 0.5) * years)));
    }
  }
}
