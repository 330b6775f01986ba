package io.kydai.analytics.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import io.kydai.models.detection.InputSize;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegionCoverageTest {
  private static final FarZones UPPER_HALF =
      new FarZones(
          List.of(
              new Zone(
                  "far",
                  List.of(new Point(0, 0), new Point(1, 0), new Point(1, 0.5), new Point(0, 0.5)),
                  ZoneUse.FAR,
                  null)));
  private static final InputSize INPUT = new InputSize(640, 352);

  private static RegionCoverage looks(PictureGeometry picture, Region region) {
    RegionView close = new RegionView(picture.width(), picture.height(), region);
    return new RegionCoverage(UPPER_HALF, INPUT, picture, List.of(close));
  }

  @Test
  void onlyWhatIsSmallAndFarAndNotLookedAtCloselyIsNotLookedAt() {
    RegionCoverage looks =
        looks(new PictureGeometry(1280, 720, PixelAspectRatio.SQUARE), new Region(0, 0, 640, 352));
    assertSeen(looks);
  }

  @Test
  void placesAndSizesAreThoseOfThePictureAsItIsShown() {
    assertSeen(
        looks(
            new PictureGeometry(640, 720, new PixelAspectRatio(2, 1)), new Region(0, 0, 320, 352)));
    assertSeen(
        looks(
            new PictureGeometry(1280, 360, new PixelAspectRatio(1, 2)),
            new Region(0, 0, 640, 176)));
  }

  /** In a picture that is shown in 1280 × 720 square pixels, with a closer look at 640 × 352. */
  private static void assertSeen(RegionCoverage looks) {
    assertThat(looks.at(900, 100, 30, 30)).isFalse();
    assertThat(looks.at(900, 100, 60, 60)).as("large enough in the whole view").isTrue();
    assertThat(looks.at(900, 600, 30, 30)).as("not in a far zone").isTrue();
    assertThat(looks.at(300, 100, 30, 30)).as("in the region").isTrue();
    assertThat(looks.at(625, 100, 30, 30)).as("half in the region").isFalse();
  }
}
