package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.observation.Track;
import io.kydai.ingest.media.MediaTime;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterpolationTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private final ByteTracker tracker = new ByteTracker();

  private List<Track> look(double seconds, double... lefts) {
    List<Detection> people =
        Arrays.stream(lefts)
            .mapToObj(
                left ->
                    new Detection(
                        "person", 0.9f, new Box((float) left, 0.3f, (float) left + 0.1f, 0.8f)))
            .toList();
    return tracker.update(people, ticks(seconds), WIDTH, HEIGHT);
  }

  private static long ticks(double seconds) {
    return MediaTime.ticksOfSeconds(seconds);
  }

  private List<Track> at(double seconds) {
    return tracker.interpolated(ticks(seconds), WIDTH, HEIGHT);
  }

  @Test
  void betweenTwoLooksATrackIsBetweenItsPlaces() {
    look(0, 0.1);
    look(0.5, 0.13);
    Track last = look(1, 0.16).get(0);

    Track middle = at(0.75).get(0);
    assertThat(middle.id()).isEqualTo(last.id());
    assertThat(middle.seen()).isTrue();
    assertThat(middle.box().left()).isCloseTo(0.145f, within(0.004f));
    assertThat(at(0.9).get(0).box().left()).isCloseTo(0.154f, within(0.004f));
  }

  @Test
  void aTrackThatIsConfirmedHasAWayFromItsFirstDetection() {
    look(0, 0.1);
    assertThat(look(0.3, 0.12)).hasSize(1);

    assertThat(at(0.1)).singleElement().extracting(Track::firstMediaTime).isEqualTo(0L);
  }

  @Test
  void nothingIsKnownOfOneWhoWasMissedOrOfALongGap() {
    look(0, 0.1);
    look(0.3, 0.1);
    look(0.6);
    assertThat(at(0.5)).as("missed").isEmpty();
    look(0.9, 0.1);
    assertThat(at(0.8)).as("found again").isEmpty();
    look(1.2, 0.1);
    assertThat(at(1.1)).hasSize(1);
    assertThat(at(0.8)).as("before both looks").isEmpty();
    look(3, 0.1);
    assertThat(at(2)).as("a long gap").isEmpty();
  }

  @Test
  void statesTellWhatIsNewWhatWasMissedAndHowFastItMoves() {
    look(0, 0.1);
    assertThat(tracker.states(ticks(0.1), WIDTH, HEIGHT))
        .singleElement()
        .extracting(TrackState::confirmed)
        .isEqualTo(false);
    for (int i = 1; i <= 5; i++) {
      look(0.2 * i, 0.1 + 0.01 * i);
    }
    TrackState seen = tracker.states(ticks(1.1), WIDTH, HEIGHT).get(0);
    assertThat(seen.confirmed()).isTrue();
    assertThat(seen.unseen()).isZero();
    assertThat(seen.carried()).isFalse();
    assertThat(seen.speedX()).isCloseTo(0.05, within(0.01));
    assertThat(seen.box().left()).isCloseTo(0.155f, within(0.01f));

    look(1.2);
    look(1.4);
    assertThat(tracker.states(ticks(1.4), WIDTH, HEIGHT).get(0).unseen())
        .isCloseTo(0.4, within(0.001));
  }
}
