package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A car in the right half of the picture, and a detector that looks only at the left one. */
class NotLookedAtTest {
  private static final Coverage LEFT_HALF = (left, top, width, height) -> left + width < 320;
  private static final double STEP = 0.2; // seconds

  private final Tracker tracker = new ByteTracker();
  private long time;

  private List<Track> car(Coverage looked) {
    Box box = new Box(0.7f, 0.4f, 0.8f, 0.5f);
    return frame(List.of(new Detection("car", 0.9f, box)), looked);
  }

  private List<Track> nothing(Coverage looked) {
    return frame(List.of(), looked);
  }

  private List<Track> frame(List<Detection> found, Coverage looked) {
    time += Math.round(STEP * 90_000);
    return tracker.update(found, looked, time, 640, 480);
  }

  @ParameterizedTest(name = "not looked at for {0} s, then missed for {1} s: id {2}")
  @CsvSource({"2.6, 2, 1", "0, 2.6, 1", "0, 4, 2", "2.6, 4, 2", "12, 0, 2"})
  void timeInWhichNobodyLookedDoesNotCountForUpToThreeSeconds(
      double notLooked, double missed, long id) {
    for (int i = 0; i < 6; i++) {
      car(Coverage.EVERYWHERE);
    }
    for (double passed = 0; passed < notLooked; passed += STEP) {
      nothing(LEFT_HALF);
    }
    for (double passed = 0; passed < missed; passed += STEP) {
      nothing(Coverage.EVERYWHERE);
    }
    car(Coverage.EVERYWHERE);
    assertThat(car(Coverage.EVERYWHERE)).singleElement().matches(track -> track.id() == id);
  }

  @Test
  void whoWasSeenOnceIsConfirmedByTheNextLook() {
    car(Coverage.EVERYWHERE);
    assertThat(nothing(LEFT_HALF)).isEmpty();
    assertThat(nothing(LEFT_HALF)).isEmpty();
    assertThat(car(Coverage.EVERYWHERE)).singleElement().matches(Track::seen);
  }

  @Test
  void whoWasSeenOnceAndThenNotIsNobody() {
    car(Coverage.EVERYWHERE);
    nothing(Coverage.EVERYWHERE);
    assertThat(car(Coverage.EVERYWHERE)).isEmpty();
  }

  @Test
  void thePredictedBoxIsShownNoLongerThanOtherwise() {
    for (int i = 0; i < 6; i++) {
      car(Coverage.EVERYWHERE);
    }
    assertThat(nothing(LEFT_HALF)).singleElement().matches(track -> !track.seen());
    assertThat(nothing(LEFT_HALF)).isEmpty();
    assertThat(car(LEFT_HALF)).singleElement().matches(Track::seen);
  }
}
