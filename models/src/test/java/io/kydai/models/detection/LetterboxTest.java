package io.kydai.models.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterboxTest {
  private static final InputSize INPUT = new InputSize(640, 352);

  @ParameterizedTest
  @CsvSource({
    "1920,1080, 6,0,626,352",
    "768,576, 86,0,468,352",
    "576,768, 188,0,264,352",
    "3000,500, 0,122,640,106",
    "1,5000, 318,0,2,352",
    "640,352, 0,0,640,352",
    "320,176, 0,0,640,352",
  })
  void aPictureLiesInTheMiddleInProportionOnEvenPixels(
      int width, int height, int left, int top, int fittedWidth, int fittedHeight) {
    assertThat(Letterbox.fit(width, height, INPUT))
        .isEqualTo(new Letterbox(width, height, INPUT, left, top, fittedWidth, fittedHeight));
  }

  @Test
  void aBoxOfTheInputBecomesOneOfThePictureClippedToIt() {
    Letterbox place = Letterbox.fit(768, 576, INPUT);
    Box box = place.toSource(86 + 117, 88, 86 + 234, 176);
    assertThat(box).isEqualTo(new Box(0.25f, 0.25f, 0.5f, 0.5f));
    assertThat(place.toSource(0, -9, 640, 400)).isEqualTo(new Box(0, 0, 1, 1));
    assertThat(place.toSource(0, 0, 80, 352).area()).as("wholly in the padding").isZero();
  }

  @Test
  void aPictureWithoutPixelsIsRefused() {
    assertThatThrownBy(() -> Letterbox.fit(0, 10, INPUT))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
