package io.kydai.analytics.motion;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnexplainedMotionTest {
  private static final int COLUMNS = 20;
  private static final int ROWS = 10;

  private final UnexplainedMotion unexplained = new UnexplainedMotion();

  /** Two by two cells move. */
  private static MotionMap moving(int column, int row) {
    BitSet cells = new BitSet();
    for (int y = row; y < row + 2; y++) {
      cells.set(y * COLUMNS + column, y * COLUMNS + column + 2);
    }
    return new MotionMap(COLUMNS, ROWS, cells);
  }

  private boolean appears(MotionMap motion, double seconds, Box... tracks) {
    return unexplained.appears(motion, List.of(tracks), MediaTime.ticksOfSeconds(seconds));
  }

  @Test
  void whatMovesApartFromEveryTrackAppears() {
    Box track = new Box(0.1f, 0.1f, 0.3f, 0.6f);

    assertThat(appears(moving(3, 3), 0, track)).isFalse();
    assertThat(appears(moving(15, 3), 0, track)).isTrue();
    assertThat(appears(moving(15, 3), 0.1)).as("as long as nobody looks").isTrue();
  }

  @Test
  void afterALookTheSamePlaceIsExplainedForTwoSeconds() {
    assertThat(appears(moving(15, 3), 0)).isTrue();
    unexplained.looked(0);

    assertThat(appears(moving(15, 3), 1.9)).isFalse();
    assertThat(appears(moving(16, 3), 1.9)).as("a little further").isFalse();
    assertThat(appears(moving(5, 3), 1.9)).as("elsewhere").isTrue();
    assertThat(appears(moving(15, 3), 2.1)).isTrue();
  }

  @Test
  void singleCellsAndWhatIsNotMeasuredAreNoMotion() {
    BitSet noise = new BitSet();
    noise.set(5);
    noise.set(50);
    noise.set(120);

    assertThat(appears(new MotionMap(COLUMNS, ROWS, noise), 0)).isFalse();
    assertThat(appears(MotionMap.unknown(COLUMNS, ROWS), 0)).isFalse();
  }
}
