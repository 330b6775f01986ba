package io.kydai.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P10LE;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.models.detection.Box;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class MotionMeterTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int TICKS = 3600; // 25 pictures per second

  private final MotionMeter meter = new MotionMeter();
  private final Random random = new Random(20);
  private long time;

  private MotionMap see(IntBinaryOperator paint) {
    time += TICKS;
    try (DecodedFrame frame = GreyPicture.of(WIDTH, HEIGHT, time, paint)) {
      return meter.observe(frame);
    }
  }

  /** A street: bands and edges. */
  private static int street(int x, int y) {
    return 60 + 50 * (x / 80 % 2) + 60 * (y / 120);
  }

  private static IntBinaryOperator square(int left, int top, int side, int brightness) {
    return (x, y) ->
        x >= left && x < left + side && y >= top && y < top + side ? brightness : street(x, y);
  }

  private int noise(double sigma) {
    return (int) Math.round(random.nextGaussian() * sigma);
  }

  @Test
  void theFirstPictureHasNothingToBeComparedWith() {
    MotionMap first = see(MotionMeterTest::street);
    assertThat(first.known()).isFalse();
    assertThat(first.still()).isFalse();
    MotionMap second = see(MotionMeterTest::street);
    assertThat(second.known()).isTrue();
    assertThat(second.still()).isTrue();
  }

  @Test
  void aSmallThingIsSeenOnItsFirstPictureAndWhereItIs() {
    for (int i = 0; i < 10; i++) {
      see(MotionMeterTest::street);
    }
    // 14 pixels of 640: about the smallest that the network would find.
    MotionMap map = see(square(300, 200, 14, 230));
    assertThat(map.still()).isFalse();
    assertThat(map.movingCells()).isLessThan(10);
    Box there = new Box(300f / WIDTH, 200f / HEIGHT, 314f / WIDTH, 214f / HEIGHT);
    assertThat(map.movingIn(there)).isTrue();
    assertThat(map.movingIn(new Box(0, 0, 0.4f, 1))).isFalse();
    assertThat(map.movingIn(new Box(0.6f, 0, 1, 1))).isFalse();
    int column = (int) (307.0 / WIDTH * map.columns());
    int row = (int) (207.0 / HEIGHT * map.rows());
    assertThat(map.moving(column, row)).isTrue();
    assertThat(map.cell(column, row).iou(there)).isPositive();
  }

  @Test
  void noiseIsNoMotionOnceItIsKnownAndAThingInItIs() {
    for (int i = 0; i < 250; i++) {
      MotionMap map = see((x, y) -> street(x, y) + noise(8));
      if (i >= 200) {
        assertThat(map.still()).as("picture %d%n%s", i, map).isTrue();
      }
    }
    IntBinaryOperator thing = square(100, 100, 30, 200);
    assertThat(see((x, y) -> thing.applyAsInt(x, y) + noise(8)).still()).isFalse();
  }

  @Test
  void eveningAndAChangeOfExposureAreNoMotion() {
    // 6 grey levels a second, and 30 more at once; the street's darkest is 60, its brightest 230.
    IntBinaryOperator day = (x, y) -> street(x, y) / 2 + 120;
    see(day);
    for (int i = 0; i < 250; i++) {
      int darker = i * 6 / 25 + (i >= 120 ? 30 : 0);
      MotionMap map = see((x, y) -> day.applyAsInt(x, y) - darker);
      assertThat(map.still()).as("picture %d%n%s", i, map).isTrue();
    }
  }

  @Test
  void whatHasStoppedIsStillAfterSomeSecondsAndMovesWhenItLeaves() {
    see(MotionMeterTest::street);
    for (int i = 0; i < 50; i++) {
      assertThat(see(square(4 * i, 100, 40, 250)).still()).isFalse();
    }
    MotionMap map = null;
    for (int i = 0; i < 10 * 25; i++) {
      map = see(square(200, 100, 40, 250));
    }
    assertThat(map.still()).isTrue();
    assertThat(see(square(208, 100, 40, 250)).still()).isFalse();
  }

  @Test
  void whatFluttersForLongIsTakenForUnrestOnlyThere() {
    see(MotionMeterTest::street);
    int moved = 0;
    for (int i = 0; i < 60 * 25; i++) {
      int brighter = i / 3 % 2 * 36; // less than a passing car, more than noise
      MotionMap map = see((x, y) -> street(x, y) + (x < 100 && y < 100 ? brighter : 0));
      moved = i < 55 * 25 || map.still() ? moved : moved + 1;
    }
    assertThat(moved).isZero();
    assertThat(see(square(400, 200, 20, 250)).still()).isFalse();
  }

  @Test
  void whatCannotBeComparedCountsAsMoving() {
    see(MotionMeterTest::street);
    try (DecodedFrame larger = GreyPicture.of(1280, 720, time + TICKS, (x, y) -> 90);
        DecodedFrame before = GreyPicture.of(1280, 720, time, (x, y) -> 90);
        DecodedFrame deep =
            GreyPicture.of(AV_PIX_FMT_YUV420P10LE, 640, 360, time + 2 * TICKS, (x, y) -> 90);
        DecodedFrame tiny = GreyPicture.of(2, 2, time + 3 * TICKS, (x, y) -> 90);
        DecodedFrame tinyAgain = GreyPicture.of(2, 2, time + 4 * TICKS, (x, y) -> 90)) {
      assertThat(meter.observe(larger).known()).isFalse();
      assertThat(meter.observe(before).known()).isFalse();
      assertThat(meter.observe(deep).known()).isFalse();
      assertThat(meter.observe(deep).still()).isFalse();
      assertThat(meter.observe(tiny).known()).isFalse();
      assertThat(meter.observe(tinyAgain).still()).isTrue();
    }
  }
}
