package io.kydai.streaming.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.kydai.analytics.scene.Point;
import io.kydai.models.detection.Box;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.opencv.opencv_core.Mat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PictureRedactorTest {
  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static final PrivacyMask WINDOW =
      new PrivacyMask(
          "window",
          List.of(
              new Point(0.1, 0.1),
              new Point(0.4, 0.15),
              new Point(0.35, 0.6),
              new Point(0.1, 0.5)));

  private final byte[] noise = new byte[WIDTH * HEIGHT * 3];
  private final Mat picture = noise();

  private Mat noise() {
    new Random(7).nextBytes(noise);
    Mat mat = new Mat(HEIGHT, WIDTH, CV_8UC3);
    mat.data().put(noise);
    return mat;
  }

  @AfterEach
  void free() {
    picture.close();
  }

  private static int at(byte[] pixels, int x, int y) {
    int i = 3 * (y * WIDTH + x);
    return (pixels[i] & 255) << 16 | (pixels[i + 1] & 255) << 8 | pixels[i + 2] & 255;
  }

  private byte[] pixels() {
    byte[] pixels = new byte[noise.length];
    ((ByteBuffer) picture.createBuffer()).get(pixels);
    return pixels;
  }

  @Test
  void everyPixelOfAMaskIsOneColourAndNoOtherPixelChanges() {
    PictureRedactor.hide(picture, List.of(WINDOW), List.of());

    byte[] after = pixels();
    Set<Integer> inside = new HashSet<>();
    int changedOutside = 0;
    io.kydai.analytics.scene.Zone zone = new io.kydai.analytics.scene.Zone("z", WINDOW.polygon());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        Point place = new Point(x / (WIDTH - 1.0), y / (HEIGHT - 1.0));
        if (zone.contains(place)) {
          inside.add(at(after, x, y));
        } else if (at(after, x, y) != at(noise, x, y) && !isNear(x, y, zone)) {
          changedOutside++;
        }
      }
    }
    assertThat(inside).hasSize(1);
    assertThat(changedOutside).isZero();
  }

  private static boolean isNear(int x, int y, io.kydai.analytics.scene.Zone zone) {
    return IntStream.rangeClosed(-1, 1)
        .anyMatch(
            dx ->
                IntStream.rangeClosed(-1, 1)
                    .anyMatch(
                        dy ->
                            zone.contains(
                                new Point((x + dx) / (WIDTH - 1.0), (y + dy) / (HEIGHT - 1.0)))));
  }

  @Test
  void whatIsLeftOfARegionIsMadeOfItsCellsMeansAlone() {
    Box face = new Box(0.25f, 0.25f, 0.5f, 0.75f);
    PictureRedactor.hide(picture, List.of(), List.of(face));
    byte[] first = pixels();

    // Another picture with the same means of its cells: each cell's pixels in another order.
    byte[] shuffled = noise.clone();
    int left = 80;
    int top = 45;
    int cell = 20; // 80 by 90 pixels: four cells of 20 across, four of 22.5 down
    Random random = new Random(11);
    for (int column = 0; column < 4; column++) {
      int x0 = left + column * cell;
      // A whole column of pixels moves within its column of cells, row by row.
      for (int y = top; y < top + 90; y++) {
        List<Integer> order = new java.util.ArrayList<>(IntStream.range(0, cell).boxed().toList());
        Collections.shuffle(order, random);
        for (int k = 0; k < cell; k++) {
          System.arraycopy(
              noise, 3 * (y * WIDTH + x0 + order.get(k)), shuffled, 3 * (y * WIDTH + x0 + k), 3);
        }
      }
    }
    assertThat(shuffled).isNotEqualTo(noise);
    picture.data().put(shuffled);
    PictureRedactor.hide(picture, List.of(), List.of(face));

    byte[] second = pixels();
    for (int y = top; y < top + 90; y++) {
      for (int x = left; x < left + 80; x++) {
        assertThat(Math.abs((at(first, x, y) & 255) - (at(second, x, y) & 255)))
            .as("%d,%d", x, y)
            .isLessThanOrEqualTo(1);
      }
    }
    assertThat(at(first, 40, 40)).isEqualTo(at(noise, 40, 40));
    assertThat(at(first, 79, 60)).isEqualTo(at(noise, 79, 60));
    assertThat(at(first, 160, 60)).isEqualTo(at(noise, 160, 60));
  }

  @Test
  void aRegionMayReachBeyondThePictureOrLieOutsideOfIt() {
    PictureRedactor.hide(
        picture,
        List.of(),
        List.of(
            new Box(-0.5f, -0.5f, 0.1f, 0.1f),
            new Box(1.2f, 0, 1.5f, 1),
            new Box(0.5f, 0.5f, 0.5f, 0.5f),
            new Box(0.9f, 0.9f, 3, 3)));

    byte[] after = pixels();
    assertThat(at(after, 5, 5)).isNotEqualTo(at(noise, 5, 5));
    assertThat(at(after, WIDTH - 3, HEIGHT - 3)).isNotEqualTo(at(noise, WIDTH - 3, HEIGHT - 3));
    assertThat(at(after, 160, 90)).isEqualTo(at(noise, 160, 90));
  }

  @Test
  void aPictureOfWhichNothingIsKnownIsBlurredAsAWhole() {
    PictureRedactor.hideAll(picture, List.of(WINDOW));

    byte[] after = pixels();
    long same =
        IntStream.range(0, WIDTH * HEIGHT)
            .filter(i -> at(after, i % WIDTH, i / WIDTH) == at(noise, i % WIDTH, i / WIDTH))
            .count();
    assertThat(same).isLessThan(WIDTH * HEIGHT / 1000);
    // Noise has a mean of grey in each cell: nothing of its contrast is left outside the mask.
    for (int x = WIDTH / 2; x < WIDTH; x++) {
      assertThat(at(after, x, 90) & 255).isBetween(100, 156);
    }
  }

  @Test
  void aMaskIsABoundedPolygonWhoseEdgesDoNotCross() {
    assertThatThrownBy(
            () ->
                new PrivacyMask(
                    "bow",
                    List.of(new Point(0, 0), new Point(1, 1), new Point(1, 0), new Point(0, 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mask bow");
    List<Point> many =
        IntStream.range(0, 65)
            .mapToObj(
                i ->
                    new Point(
                        0.5 + 0.4 * Math.cos(i * 2 * Math.PI / 65),
                        0.5 + 0.4 * Math.sin(i * 2 * Math.PI / 65)))
            .toList();
    assertThatThrownBy(() -> new PrivacyMask("round", many)).hasMessageContaining("64");
    assertThatThrownBy(() -> new Privacy(Collections.nCopies(33, WINDOW), Set.of()))
        .hasMessageContaining("32");
  }
}
