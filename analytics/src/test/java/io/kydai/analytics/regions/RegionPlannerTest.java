package io.kydai.analytics.regions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.ingest.codec.syntax.PixelAspectRatio;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import io.kydai.models.detection.InputSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.junit.jupiter.api.Test;

class RegionPlannerTest {
  private static final InputSize INPUT = new InputSize(640, 352);
  private static final FarZones EVERYWHERE = far(0, 0, 1, 1);
  private static final PictureGeometry HD = square(1280, 720);

  private static PictureGeometry square(int width, int height) {
    return new PictureGeometry(width, height, PixelAspectRatio.SQUARE);
  }

  private static FarZones far(double left, double top, double right, double bottom) {
    List<Point> corners =
        List.of(
            new Point(left, top),
            new Point(right, top),
            new Point(right, bottom),
            new Point(left, bottom));
    Zone far = new Zone("far", corners, ZoneUse.FAR, null);
    return FarZones.of(new Scene(List.of(), List.of(far, new Zone("other", corners))));
  }

  /** With pixels of the picture's middle at that brightness. */
  private static DecodedFrame picture(int width, int height, long time, int brightness) {
    AVFrame picture = av_frame_alloc();
    picture.width(width);
    picture.height(height);
    picture.format(AV_PIX_FMT_GRAY8);
    assertThat(av_frame_get_buffer(picture, 0)).isZero();
    byte[] row = new byte[width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(row, (byte) 90);
      if (y > 0.45 * height && y < 0.55 * height) {
        Arrays.fill(row, (int) (0.47 * width), (int) (0.53 * width), (byte) brightness);
      }
      picture.data(0).position((long) y * picture.linesize(0)).put(row);
    }
    return DecodedFrame.ofFile(picture, time);
  }

  private static MotionMap motion(int width, int height, int brightness) {
    MotionMeter meter = new MotionMeter();
    try (DecodedFrame first = picture(width, height, 0, 90);
        DecodedFrame second = picture(width, height, 9_000, brightness)) {
      meter.observe(first);
      return meter.observe(second);
    }
  }

  private static final MotionMap STILL = motion(1280, 720, 90);
  private static final MotionMap MIDDLE = motion(1280, 720, 250);

  private static Detection car(double x, double y, double side) {
    float left = (float) (x - side / 1280 / 2);
    float top = (float) (y - side / 720 / 2);
    return new Detection(
        "car", 0.6f, new Box(left, top, left + (float) (side / 1280), top + (float) (side / 720)));
  }

  @Test
  void nothingIsProposedWithoutAFarZoneOrWithoutAnythingToExpect() {
    RegionPlanner none = new RegionPlanner(INPUT, FarZones.of(Scene.EMPTY));
    none.learnWhole(List.of(car(0.5, 0.2, 30)), HD);
    assertThat(none.next(HD, 0, MIDDLE)).isEmpty();
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    assertThat(planner.next(HD, 0, STILL)).isEmpty();
    planner.learnWhole(List.of(car(0.5, 0.5, 300)), HD);
    assertThat(planner.next(HD, 0, STILL)).isEmpty();
  }

  @Test
  void aPictureThatIsHardlyScaledDownNeedsNoCloserLook() {
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    for (int i = 0; i < 9; i++) {
      planner.learnWhole(List.of(car(0.5, 0.5, 40), car(0.4, 0.5, 40)), square(800, 448));
    }
    assertThat(planner.next(square(800, 448), 0, STILL)).isEmpty();
  }

  @Test
  void itLooksWhereSmallObjectsWereSeenAndNotAtLargeOnes() {
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    List<Detection> small = List.of(car(0.9, 0.1, 30), car(0.92, 0.2, 30), car(0.8, 0.1, 30));
    List<Detection> seen = new ArrayList<>(small);
    for (int i = 0; i < 8; i++) {
      seen.add(car(0.2, 0.8, 250));
    }
    for (int i = 0; i < 5; i++) {
      planner.learnWhole(seen, HD);
    }
    Region region = planner.next(HD, 0, STILL).orElseThrow().region();
    for (Detection car : small) {
      assertThat(covered(region, car)).isEqualTo(1);
    }
    assertThat(region.width()).isEqualTo(640);
    assertThat(region.height()).isEqualTo(352);
  }

  private static double covered(Region region, Detection car) {
    Box box = car.box();
    return region.covers(
        box.left() * 1280, box.top() * 720, box.width() * 1280, box.height() * 720);
  }

  @Test
  void itLooksWhereSomethingMovesUnlessALargeObjectExplainsIt() {
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    planner.learnWhole(List.of(), HD);
    Region region = planner.next(HD, 0, MIDDLE).orElseThrow().region();
    assertThat(covered(region, car(0.5, 0.5, 60))).isEqualTo(1);
    planner.learnWhole(List.of(car(0.5, 0.5, 200)), HD);
    assertThat(planner.next(HD, 9_000, MIDDLE)).isEmpty();
  }

  @Test
  void whatLiesOutsideOfTheFarZonesDoesNotMatter() {
    RegionPlanner planner = new RegionPlanner(INPUT, far(0, 0, 1, 0.3));
    for (int i = 0; i < 5; i++) {
      planner.learnWhole(List.of(car(0.5, 0.8, 30), car(0.6, 0.8, 30)), HD);
    }
    assertThat(planner.next(HD, 0, MIDDLE)).isEmpty();
  }

  @Test
  void equalPlacesTakeTurns() {
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    Detection left = car(0.1, 0.2, 30);
    Detection right = car(0.9, 0.8, 30);
    boolean sawLeft = false;
    boolean sawRight = false;
    for (long time = 0; time < 5 * 90_000; time += 18_000) {
      planner.learnWhole(List.of(left, right), HD);
      Optional<RegionView> view = planner.next(HD, time, STILL);
      if (view.isPresent()) {
        Region region = view.get().region();
        sawLeft |= covered(region, left) == 1;
        sawRight |= covered(region, right) == 1;
        planner.learnClose(view.get(), covered(region, left) == 1 ? List.of(left) : List.of(right));
      }
    }
    assertThat(sawLeft).isTrue();
    assertThat(sawRight).isTrue();
  }

  @Test
  void whatACloserLookDoesNotShowIsForgotten() {
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    for (int i = 0; i < 5; i++) {
      planner.learnWhole(List.of(car(0.5, 0.2, 30), car(0.55, 0.2, 30)), HD);
    }
    long time = 0;
    Optional<RegionView> view = planner.next(HD, time, STILL);
    assertThat(view).isPresent();
    for (int i = 0; i < 20 && view.isPresent(); i++) {
      planner.learnWhole(List.of(), HD);
      planner.learnClose(view.get(), List.of());
      view = planner.next(HD, time += 18_000, STILL);
    }
    assertThat(view).isEmpty();
  }

  @Test
  void aRegionOfAnAnamorphicPictureFillsTheInputWithSquarePixels() {
    // 720 x 576 pixels, shown 1024 x 576; and its counterpart with high pixels.
    PixelAspectRatio wide = new PixelAspectRatio(64, 45);
    Region region = regionOf(new PictureGeometry(720, 576, wide));
    assertThat(wide.displayWidth(region.width(), region.height())).isEqualTo(640);
    assertThat(region.height()).isEqualTo(352);
    PixelAspectRatio high = new PixelAspectRatio(1, 2);
    Region other = regionOf(new PictureGeometry(1280, 360, high));
    assertThat(other.width()).isEqualTo(640);
    assertThat(high.displayHeight(other.width(), other.height())).isEqualTo(352);
  }

  private static Region regionOf(PictureGeometry picture) {
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    for (int i = 0; i < 9; i++) {
      planner.learnWhole(List.of(car(0.5, 0.5, 20), car(0.55, 0.5, 20)), picture);
    }
    return planner.next(picture, 0, STILL).orElseThrow().region();
  }

  @Test
  void anObjectIsAsSmallAsItIsShown() {
    // Half the columns of HD, each of them shown twice as wide: the same objects of the same size.
    PictureGeometry stored = new PictureGeometry(640, 720, new PixelAspectRatio(2, 1));
    for (int side = 10; side < 150; side += 5) {
      List<Detection> seen = List.of(car(0.5, 0.2, side), car(0.55, 0.2, side));
      assertThat(isWorthACloserLook(seen, stored))
          .as("%d pixels", side)
          .isEqualTo(isWorthACloserLook(seen, HD));
    }
    assertThat(isWorthACloserLook(List.of(car(0.5, 0.2, 30), car(0.55, 0.2, 30)), stored)).isTrue();
    assertThat(isWorthACloserLook(List.of(car(0.5, 0.2, 125), car(0.55, 0.2, 125)), stored))
        .isFalse();
  }

  private static boolean isWorthACloserLook(List<Detection> seen, PictureGeometry picture) {
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    for (int i = 0; i < 9; i++) {
      planner.learnWhole(seen, picture);
    }
    return planner.next(picture, 0, STILL).isPresent();
  }

  @Test
  void aPictureThatIsShownWiderIsAnother() {
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    for (int i = 0; i < 9; i++) {
      planner.learnWhole(List.of(car(0.5, 0.2, 30), car(0.55, 0.2, 30)), HD);
    }
    PictureGeometry wider = new PictureGeometry(1280, 720, new PixelAspectRatio(4, 3));
    assertThat(planner.next(wider, 0, STILL)).isEmpty();
  }

  /** Pictures, inputs, zones and finds by seeded chance; a failure names its seed. */
  @Test
  void noRegionIsEverBeyondThePictureOrLargerThanTheInput() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      InputSize input = new InputSize(64 + random.nextInt(900), 64 + random.nextInt(600));
      RegionPlanner planner = new RegionPlanner(input, far(0, 0, 0.5 + random.nextDouble() / 2, 1));
      int proposed = 0;
      for (int frame = 0; frame < 10; frame++) {
        // A camera may change its size.
        int width = frame < 5 ? 1280 : 33 + random.nextInt(2000);
        int height = frame < 5 ? 720 : 17 + random.nextInt(2000);
        List<Detection> found = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
          found.add(car(random.nextDouble(), random.nextDouble(), 5 + random.nextInt(80)));
        }
        PixelAspectRatio pixels =
            PixelAspectRatio.declared(1 + random.nextInt(4), 1 + random.nextInt(4));
        PictureGeometry picture = new PictureGeometry(width, height, pixels);
        planner.learnWhole(found, picture);
        Optional<RegionView> view = planner.next(picture, frame * 9_000L, MIDDLE);
        if (view.isPresent()) {
          proposed++;
          Region region = view.get().region();
          assertThat(region.right()).as("seed %d", seed).isLessThanOrEqualTo(width);
          assertThat(region.bottom()).isLessThanOrEqualTo(height);
          // An even number of stored pixels.
          assertThat(region.width() / picture.columns())
              .isCloseTo(
                  Math.min(picture.displayWidth(), input.width()),
                  Offset.offset(1.5 / picture.columns() + 0.01));
          assertThat(region.height() / picture.rows())
              .isCloseTo(
                  Math.min(picture.displayHeight(), input.height()),
                  Offset.offset(1.5 / picture.rows() + 0.01));
          planner.learnClose(view.get(), found);
        }
      }
      assertThat(proposed).as("seed %d", seed).isLessThanOrEqualTo(10);
    }
  }

  @Test
  void theLastRegionReachesThePicturesEdge() {
    PictureGeometry picture = new PictureGeometry(704, 576, PixelAspectRatio.declared(12, 11));
    RegionPlanner planner = new RegionPlanner(INPUT, EVERYWHERE);
    for (int i = 0; i < 9; i++) {
      planner.learnWhole(List.of(car(0.97, 0.97, 12), car(0.98, 0.98, 12)), picture);
    }
    Region region = planner.next(picture, 0, STILL).orElseThrow().region();
    assertThat(region.right()).isEqualTo(704);
    assertThat(region.bottom()).isEqualTo(576);
  }
}
