package io.kydai.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownArgumentTest {
  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "north=clip.h264, north=clip.h264",
    "rtsp://eye:s3cret@10.0.0.4/live, rtsp:…",
    "eye:s3cret, eye:…",
    ":s3cret, :…",
    "a:b:c, a:…"
  })
  void nothingAfterTheFirstColonIsShown(String argument, String shown) {
    assertThat(ShownArgument.of(argument)).isEqualTo(shown);
  }
}
