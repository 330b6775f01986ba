package io.kydai.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.models.detection.Box;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A street of blocks of random brightness, seen by a camera that sways, turns, or stands still. */
class ViewStabiliserTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 360;
  private static final int TICKS = 9000; // 10 pictures per second
  private static final int BLOCK = 24;
  private static final int MOST = 10; // pixels, 1.6 % of the width

  private final ViewStabiliser stabiliser = new ViewStabiliser();
  private final Random random = new Random(7);
  private final int[] blocks = new Random(3).ints(60 * 60, 40, 200).toArray();
  private long time;
  private int busFrom = WIDTH;
  private int busTo = WIDTH;
  private int noise;

  private int street(int x, int y) {
    int column = Math.floorMod(Math.floorDiv(x, BLOCK), 60);
    int row = Math.floorMod(Math.floorDiv(y, BLOCK), 60);
    return blocks[60 * row + column];
  }

  /** The street, moved on the picture, and a bus before it. */
  private ViewDisplacement see(int right, int down) {
    time += TICKS;
    try (DecodedFrame frame =
        GreyPicture.of(
            WIDTH,
            HEIGHT,
            time,
            (x, y) -> {
              int grain = noise == 0 ? 0 : random.nextInt(2 * noise + 1) - noise;
              boolean bus = x >= busFrom && x < busTo && y > HEIGHT / 4;
              return grain
                  + (bus ? street(1000 + x - busFrom, y + 500) : street(x - right, y - down));
            })) {
      return stabiliser.observe(frame);
    }
  }

  private int way() {
    return random.nextInt(2 * MOST + 1) - MOST;
  }

  @Test
  void theWayOfAShakingCameraIsMeasured() {
    double meanX = 0;
    double meanY = 0;
    for (int i = 1; i <= 150; i++) {
      int right = i == 1 ? 0 : way();
      int down = i == 1 ? 0 : way();
      meanX += (right - meanX) / i;
      meanY += (down - meanY) / i;
      ViewDisplacement view = see(right, down);
      if (i > 30) {
        assertThat(stabiliser.active()).isTrue();
        assertThat(view.right() * WIDTH).as("%d", i).isCloseTo(right - meanX, within(1.5));
        assertThat(view.down() * HEIGHT).as("%d", i).isCloseTo(down - meanY, within(1.5));
      }
    }
  }

  @Test
  void aCameraThatStandsStillIsLeftAlone() {
    noise = 6;
    for (int i = 0; i < 100; i++) {
      assertThat(see(0, 0)).isEqualTo(ViewDisplacement.NONE);
    }
    assertThat(stabiliser.active()).isFalse();
  }

  @Test
  void aBusThatPassesIsNotTheCamerasMotion() {
    for (int i = 0; i < 100; i++) {
      busFrom = WIDTH - 16 * i;
      busTo = busFrom + WIDTH * 5 / 8;
      assertThat(see(0, 0)).as("picture %d", i).isEqualTo(ViewDisplacement.NONE);
    }
  }

  @Test
  void whereTheCameraShakesNoMoreItIsLeftAloneAgain() {
    for (int i = 0; i < 50; i++) {
      see(way(), way());
    }
    ViewDisplacement last = ViewDisplacement.NONE;
    for (int i = 0; i < 60 * 10; i++) {
      last = see(0, 0);
    }
    assertThat(last).isEqualTo(ViewDisplacement.NONE);
  }

  @Test
  void aTurnedCameraHasAnotherUsualView() {
    for (int i = 0; i < 30; i++) {
      see(0, 0);
    }
    for (int i = 0; i < 30; i++) {
      assertThat(see(300, 60)).as("picture %d", i).isEqualTo(ViewDisplacement.NONE);
    }
  }

  @Test
  void placesGoToTheUsualViewAndBack() {
    ViewDisplacement view = new ViewDisplacement(0.01, -0.02);
    Box box = new Box(0.1f, 0.2f, 0.3f, 0.4f);
    assertThat(view.toUsual(box).left()).isCloseTo(0.09f, within(1e-6f));
    assertThat(view.toUsual(box).top()).isCloseTo(0.22f, within(1e-6f));
    assertThat(view.toPicture(view.toUsual(box)).right()).isCloseTo(0.3f, within(1e-6f));
  }
}
