package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scores with which a track begins, by class, and the place that a low one needs. */
class TrackBeginningTest {
  private final Tracker tracker = new ByteTracker();
  private final List<Detection> next = new ArrayList<>();
  private long time;
  private List<Track> tracks = List.of();

  @ParameterizedTest
  @CsvSource({
    "person, 0.49, 0",
    "person, 0.5, 1",
    "car, 0.39, 0",
    "car, 0.4, 1",
    "truck, 0.4, 1",
    "motorcycle, 0.44, 0",
    "motorcycle, 0.45, 1",
    "dog, 0.49, 0",
    "dog, 0.5, 1",
  })
  void aTrackBeginsWithTheScoreOfItsClass(String label, float score, int begun) {
    for (int i = 0; i < 5; i++) {
      see(label, score, 0.4, 0.6).frame();
    }
    assertThat(tracks).hasSize(begun);
  }

  @Test
  void aVehicleThatStaysAtItsStartScoreKeepsItsTrack() {
    for (int i = 0; i < 5; i++) {
      see("car", 0.42f, 0.4, 0.6).frame();
    }
    long id = tracks.get(0).id();
    for (int i = 0; i < 120; i++) {
      see("car", 0.42f, 0.4, 0.6).frame();
      assertThat(tracks).as("picture %s", i).extracting(Track::id).containsExactly(id);
    }
  }

  @Test
  void aLowScoreWithinAKnownVehicleIsNoSecondVehicle() {
    for (int i = 0; i < 5; i++) {
      see("truck", 0.8f, 0.2, 0.6).see("car", 0.45f, 0.45, 0.65).frame();
    }
    assertThat(tracks).hasSize(1);
  }

  @Test
  void aLowScoreBesideAKnownVehicleIsAnother() {
    for (int i = 0; i < 5; i++) {
      see("truck", 0.8f, 0.2, 0.6).see("car", 0.45f, 0.57, 0.77).frame();
    }
    assertThat(tracks).hasSize(2);
  }

  @Test
  void aHighScoreThatIsHalfHiddenByAVehicleIsAnother() {
    for (int i = 0; i < 5; i++) {
      see("truck", 0.8f, 0.2, 0.6).see("car", 0.6f, 0.45, 0.65).frame();
    }
    assertThat(tracks).hasSize(2);
  }

  @Test
  void aStartScoreBelowTheLowScoreOrBeyondOneIsRefused() {
    assertThatThrownBy(() -> settings(new StartScores(0.1f, 0.4f, 0.4f, 0.5f)))
        .hasMessageContaining("start score");
    assertThatThrownBy(() -> StartScores.all(Float.NaN)).hasMessageContaining("person");
    assertThatThrownBy(() -> new StartScores(1, 1.1f, 1, 1)).hasMessageContaining("vehicle");
  }

  private static TrackerSettings settings(StartScores scores) {
    return new TrackerSettings(0.45f, 0.2f, scores, 2, Duration.ZERO, Duration.ZERO);
  }

  private TrackBeginningTest see(String label, float score, double left, double right) {
    next.add(new Detection(label, score, new Box((float) left, 0.3f, (float) right, 0.6f)));
    return this;
  }

  private void frame() {
    tracks = tracker.update(next, time, 768, 576);
    next.clear();
    time += 9_000;
  }
}
