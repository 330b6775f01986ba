package io.kydai.ingest.codec.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PixelAspectRatioTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1:1",
    "1, 1:1",
    "2, 12:11",
    "3, 10:11",
    "4, 16:11",
    "5, 40:33",
    "6, 24:11",
    "7, 20:11",
    "8, 32:11",
    "9, 80:33",
    "10, 18:11",
    "11, 15:11",
    "12, 64:33",
    "13, 160:99",
    "14, 4:3",
    "15, 3:2",
    "16, 2:1",
    "17, 1:1",
    "254, 1:1"
  })
  void theTableIsThatOfTheStandard(int idc, String ratio) {
    assertThat(PixelAspectRatio.ofTable(idc)).hasToString(ratio);
  }

  @ParameterizedTest
  @CsvSource({
    "24, 11, 176, 288, 384, 288",
    "4, 3, 1440, 1080, 1920, 1080",
    "10, 11, 704, 480, 704, 528",
    "1, 1, 1920, 1080, 1920, 1080",
    // no side grows beyond 7680
    "2, 1, 7680, 4320, 7680, 2160",
    "1, 2, 3840, 4320, 1920, 4320",
  })
  void theShownSizeHasSquarePixels(int x, int y, int width, int height, int wide, int high) {
    PixelAspectRatio aspect = PixelAspectRatio.declared(x, y);
    assertThat(aspect.displayWidth(width, height)).isEqualTo(wide);
    assertThat(aspect.displayHeight(width, height)).isEqualTo(high);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "-3, 4", "65535, 1", "9, 1", "1, 9", "70000, 70001"})
  void whatIsNoneIsSquare(int width, int height) {
    assertThat(PixelAspectRatio.declared(width, height)).isEqualTo(PixelAspectRatio.SQUARE);
  }

  @Test
  void aPixelHasTwoSides() {
    assertThatThrownBy(() -> new PixelAspectRatio(0, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
