package io.kydai.streaming.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureSizeTest {
  @ParameterizedTest
  @CsvSource({
    "641, 481, 640, 480",
    "7680, 4320, 3840, 2160",
    "4320, 7680, 2160, 3840",
    "1, 1, 16, 16",
    "8, 4, 32, 16",
    "3000, 3000, 2160, 2160",
    "8000, 2, 3840, 16",
  })
  void isWithinWhatTheEncoderTakes(int width, int height, int wide, int high) {
    assertThat(PictureSize.of(width, height)).isEqualTo(new PictureSize(wide, high));
  }
}
