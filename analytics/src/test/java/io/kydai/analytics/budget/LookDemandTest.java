package io.kydai.analytics.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.TrackState;
import io.kydai.models.detection.Box;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookDemandTest {
  private static final double AS_MANY_AS_MAY_BE = Double.POSITIVE_INFINITY;

  private final LookDemand demand =
      new LookDemand(
          new Scene(List.of(new Line("l", new Point(0.5, 0.2), new Point(0.5, 0.8))), List.of()));

  /** A person, 0.05 wide and 0.2 high, that stands at a place. */
  private static TrackState at(double x, double y, double speedX) {
    return track(x, y, speedX, true, 0, true);
  }

  private static TrackState track(
      double x, double y, double speedX, boolean confirmed, double unseen, boolean carried) {
    Box box = new Box((float) x - 0.025f, (float) y - 0.2f, (float) x + 0.025f, (float) y);
    return new TrackState(box, speedX, 0, confirmed, unseen, carried);
  }

  private double fps(TrackState... tracks) {
    return demand.fps(List.of(tracks), false);
  }

  @Test
  void whatIsCertainIsLookedAtSeldomAndWhereNothingIsStillLess() {
    assertThat(fps()).isEqualTo(1);
    assertThat(fps(at(0.2, 0.5, 0.04), at(0.8, 0.5, -0.04))).isEqualTo(1.5);
  }

  @Test
  void whatBelongsToNoTrackIsLookedAtAtOnce() {
    assertThat(demand.fps(List.of(), true)).isEqualTo(7);
  }

  @Test
  void aNewTrackIsLookedAtUntilItIsConfirmed() {
    assertThat(fps(at(0.2, 0.5, 0), track(0.8, 0.5, 0, false, 0, false)))
        .isEqualTo(AS_MANY_AS_MAY_BE);
  }

  @Test
  void aStandingTrackThatWasMissedIsLookedForAndThenGivenUp() {
    assertThat(fps(track(0.2, 0.5, 0, true, 0.5, false))).isEqualTo(4);
    assertThat(fps(track(0.2, 0.5, 0, true, 1.5, false))).isEqualTo(1.5);
    assertThat(fps(track(0.2, 0.5, 0.04, true, 0.5, false))).as("a moving one").isEqualTo(1.5);
  }

  @Test
  void oneWhoMovesAtALineIsLookedAt() {
    assertThat(fps(at(0.49, 0.5, 0.04))).as("beside it").isEqualTo(5.5);
    assertThat(fps(at(0.45, 0.5, 0.15))).as("there in a moment").isEqualTo(5.5);
    assertThat(fps(at(0.3, 0.5, 0.04))).as("far away").isEqualTo(1.5);
    assertThat(fps(at(0.48, 0.5, 0))).as("standing beside it").isEqualTo(1.5);
    assertThat(fps(at(0.48, 0.99, 0.04))).as("beyond its end").isEqualTo(1.5);
  }

  @Test
  void oneWhoHasJustCrossedALineIsLookedAtBeyondIt() {
    assertThat(fps(at(0.53, 0.5, 0.12))).as("0.25 s ago").isEqualTo(5.5);
    assertThat(fps(at(0.57, 0.5, 0.12))).as("0.58 s ago").isEqualTo(1.5);
    assertThat(fps(at(0.53, 0.5, -0.01))).as("not there yet").isEqualTo(1.5);
  }

  @Test
  void oneWhoMovesFarIsLookedAtMoreOftenWhereTheStreamDoesNotSayWhereto() {
    assertThat(fps(track(0.2, 0.5, 0.2, true, 0, false))).isCloseTo(4, within(0.01));
    assertThat(fps(track(0.2, 0.5, 0.2, true, 0, true))).isCloseTo(2, within(0.01));
    assertThat(fps(track(0.2, 0.5, 0.4, true, 0, true))).isCloseTo(4, within(0.01));
  }
}
