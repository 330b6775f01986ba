package io.kydai.models.plates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextAreasTest {
  private static final int WIDTH = 64;
  private static final int HEIGHT = 32;
  private final float[] map = new float[WIDTH * HEIGHT];

  private void fill(int left, int top, int right, int bottom, float value) {
    for (int y = top; y < bottom; y++) {
      java.util.Arrays.fill(map, y * WIDTH + left, y * WIDTH + right, value);
    }
  }

  @Test
  void aShrunkTextGrowsByItsAreaOverItsPerimeter() {
    fill(20, 10, 40, 14, 0.9f); // 80 / 48 × 1.6 = 2.7
    assertThat(TextAreas.of(map, WIDTH, HEIGHT)).containsExactly(new TextAreas.Area(17, 7, 43, 17));
  }

  @Test
  void textsThatDoNotTouchAreTwoAndTheLargerComesFirst() {
    fill(2, 2, 12, 6, 0.9f);
    fill(30, 20, 60, 26, 0.9f);
    assertThat(TextAreas.of(map, WIDTH, HEIGHT)).hasSize(2);
    assertThat(TextAreas.of(map, WIDTH, HEIGHT).get(0).left()).isGreaterThan(20);
  }

  @Test
  void specksAndDoubtfulPatchesAreNoTexts() {
    fill(2, 2, 4, 4, 0.9f);
    fill(20, 10, 40, 14, 0.4f);
    assertThat(TextAreas.of(map, WIDTH, HEIGHT)).isEmpty();
  }

  @Test
  void growthEndsAtThePicturesEdge() {
    fill(0, 0, WIDTH, HEIGHT, 1);
    assertThat(TextAreas.of(map, WIDTH, HEIGHT))
        .containsExactly(new TextAreas.Area(0, 0, WIDTH, HEIGHT));
  }

  @Test
  void moreThanTheBoundLeaveTheSmallestOut() {
    for (int i = 0; i < 20; i++) {
      int left = i % 5 * 12;
      int top = i / 5 * 8;
      fill(left, top, left + 4 + i % 3, top + 4, 0.9f);
    }
    assertThat(TextAreas.of(map, WIDTH, HEIGHT)).hasSize(TextAreas.MAX_AREAS);
  }
}
