package io.kydai.analytics.plates;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import io.kydai.models.detection.Box;
import org.junit.jupiter.api.Test;

class CropRectangleTest {
  private static final Box VEHICLE = new Box(0.25f, 0.25f, 0.75f, 0.75f);

  @Test
  void aCropOfAnAnamorphicPictureHasSquarePixels() {
    // PAL wide: 720 x 576 pixels, shown 1024 x 576.
    CropRectangle cut =
        CropRectangle.around(VEHICLE, 720, 576, new PixelAspectRatio(64, 45)).orElseThrow();
    assertThat(cut.copyHeight()).isEqualTo(cut.height());
    assertThat((double) cut.copyWidth() / cut.copyHeight()).isBetween(1.75, 1.8);
  }

  @Test
  void noSideOfACopyIsLongerThanTheLimit() {
    CropRectangle cut =
        CropRectangle.around(VEHICLE, 1440, 1080, new PixelAspectRatio(4, 3)).orElseThrow();
    assertThat(cut.copyWidth()).isLessThanOrEqualTo(CropRectangle.MAX_SIDE);
    CropRectangle large =
        CropRectangle.around(VEHICLE, 2880, 2160, new PixelAspectRatio(4, 3)).orElseThrow();
    assertThat(large.copyWidth()).isEqualTo(CropRectangle.MAX_SIDE);
    assertThat(large.copyHeight()).isBetween(570, 582);
  }

  @Test
  void squarePixelsAreCopiedOneToOne() {
    CropRectangle cut =
        CropRectangle.around(VEHICLE, 1280, 720, PixelAspectRatio.SQUARE).orElseThrow();
    assertThat(cut.copyWidth()).isEqualTo(cut.width());
    assertThat(cut.copyHeight()).isEqualTo(cut.height());
  }
}
