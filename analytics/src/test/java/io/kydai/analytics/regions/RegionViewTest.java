package io.kydai.analytics.regions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RegionViewTest {
  private static final Offset<Float> SLIGHTLY = Offset.offset(1e-5f);

  /** Any region of any picture; a failure names its seed. */
  @Test
  void whatStandsWholeInARegionIsWhereItWas() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      RegionView view = view(random);
      Region region = view.region();
      double w = region.width() * (0.05 + 0.5 * random.nextDouble());
      double h = region.height() * (0.05 + 0.5 * random.nextDouble());
      double left = 3 + 0.05 * w + (region.width() - 1.1 * w - 6) * random.nextDouble();
      double top = 3 + 0.05 * h + (region.height() - 1.1 * h - 6) * random.nextDouble();
      List<Detection> there = view.toPicture(List.of(inRegion(view, left, top, w, h)));
      assertThat(there).as("seed %d", seed).hasSize(1);
      Box box = there.get(0).box();
      float width = view.pictureWidth();
      float height = view.pictureHeight();
      assertThat(box.left()).isCloseTo((float) (region.left() + left) / width, SLIGHTLY);
      assertThat(box.top()).isCloseTo((float) (region.top() + top) / height, SLIGHTLY);
      assertThat(box.right()).isCloseTo((float) (region.left() + left + w) / width, SLIGHTLY);
      assertThat(box.bottom()).isCloseTo((float) (region.top() + top + h) / height, SLIGHTLY);
    }
  }

  @Test
  void nothingIsEverSeenOutsideOfTheRegion() {
    for (int seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      RegionView view = view(random);
      Region region = view.region();
      float a = random.nextFloat();
      float b = random.nextFloat();
      Box box = new Box(a * 0.9f, b * 0.9f, a, b);
      for (Detection found : view.toPicture(List.of(new Detection("car", 0.5f, box)))) {
        Box there = found.box();
        assertThat(
                region.covers(
                    there.left() * view.pictureWidth(),
                    there.top() * view.pictureHeight(),
                    there.width() * view.pictureWidth(),
                    there.height() * view.pictureHeight()))
            .as("seed %d", seed)
            .isGreaterThan(0.98);
      }
    }
  }

  @Test
  void whatAnEdgeCutsIsLeftOutUnlessThePictureEndsThere() {
    RegionView inside = new RegionView(1000, 800, new Region(200, 200, 400, 200));
    RegionView corner = new RegionView(1000, 800, new Region(0, 0, 400, 200));
    RegionView other = new RegionView(1000, 800, new Region(600, 600, 400, 200));
    Box left = new Box(0, 0.4f, 0.1f, 0.6f);
    Box top = new Box(0.4f, 0.002f, 0.6f, 0.3f);
    Box right = new Box(0.8f, 0.4f, 0.999f, 0.6f);
    Box bottom = new Box(0.4f, 0.8f, 0.6f, 1);
    for (Box box : List.of(left, top, right, bottom)) {
      assertThat(inside.toPicture(List.of(new Detection("car", 0.9f, box)))).isEmpty();
    }
    for (Box box : List.of(left, top)) {
      assertThat(corner.toPicture(List.of(new Detection("car", 0.9f, box)))).hasSize(1);
      assertThat(other.toPicture(List.of(new Detection("car", 0.9f, box)))).isEmpty();
    }
    for (Box box : List.of(right, bottom)) {
      assertThat(corner.toPicture(List.of(new Detection("car", 0.9f, box)))).isEmpty();
      assertThat(other.toPicture(List.of(new Detection("car", 0.9f, box)))).hasSize(1);
    }
  }

  @Test
  void aRegionBeyondThePictureIsRefused() {
    assertThatThrownBy(() -> new RegionView(640, 480, new Region(2, 0, 640, 480)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("640x480");
    assertThatThrownBy(() -> new Region(1, 0, 10, 10)).isInstanceOf(IllegalArgumentException.class);
  }

  private static RegionView view(Random random) {
    int width = 320 + random.nextInt(2000);
    int height = 240 + random.nextInt(1500);
    int w = 200 + random.nextInt(width - 200);
    int h = 150 + random.nextInt(height - 150);
    int left = random.nextInt(width - w + 1) & ~1;
    int top = random.nextInt(height - h + 1) & ~1;
    return new RegionView(width, height, new Region(left, top, w, h));
  }

  private static Detection inRegion(RegionView view, double left, double top, double w, double h) {
    double width = view.region().width();
    double height = view.region().height();
    return new Detection(
        "car",
        0.5f,
        new Box(
            (float) (left / width),
            (float) (top / height),
            (float) ((left + w) / width),
            (float) ((top + h) / height)));
  }
}
