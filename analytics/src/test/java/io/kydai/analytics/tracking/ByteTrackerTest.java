package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteTrackerTest {
  private final Tracker tracker = new ByteTracker();
  private final List<Detection> next = new ArrayList<>();
  private long time;
  private List<Track> tracks = List.of();

  @ParameterizedTest
  @ValueSource(doubles = {3, 5, 10, 30})
  void aWalkerKeepsOneIdAtAnyFrameRate(double fps) {
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < 6 * fps; i++) {
      see("person", 0.9, 0.1 + 0.1 * i / fps, 0.5).frame(1 / fps);
      tracks.forEach(track -> ids.add(track.id()));
    }
    assertThat(ids).containsExactly(1L);
    assertThat(tracks.get(0).firstMediaTime()).isZero();
  }

  @Test
  void aLowScoreKeepsATrackAliveButNeverBeginsOne() {
    for (int i = 0; i < 20; i++) {
      see("person", 0.3, 0.5, 0.5).frame(0.1);
      assertThat(tracks).isEmpty();
    }
    see("person", 0.8, 0.5, 0.5).frame(0.1);
    see("person", 0.8, 0.5, 0.5).frame(0.1);
    for (int i = 0; i < 38; i++) {
      see("person", 0.3, 0.5, 0.5).frame(0.1);
      assertThat(tracks).singleElement().matches(Track::seen).matches(track -> track.id() == 1);
    }
    for (int i = 0; i < 20; i++) { // but not for ever
      see("person", 0.3, 0.5, 0.5).frame(0.1);
    }
    assertThat(tracks).isEmpty();
  }

  @Test
  void oneDetectionAloneIsNoTrack() {
    see("person", 0.9, 0.5, 0.5).frame(0.1);
    assertThat(tracks).isEmpty();
    frame(0.1);
    see("person", 0.9, 0.5, 0.5).frame(0.1);
    assertThat(tracks).isEmpty();
  }

  @Test
  void aMissedTrackIsPredictedShortlyThenWithheldAndFoundAgainWithinTwoSeconds() {
    for (int i = 0; i < 10; i++) {
      see("person", 0.9, 0.3 + 0.01 * i, 0.5).frame(0.1);
    }
    frame(0.1);
    assertThat(tracks).singleElement().matches(track -> !track.seen());
    assertThat(tracks.get(0).standing().x()).isBetween(0.395, 0.405);
    frame(0.1).frame(0.1).frame(0.1);
    assertThat(tracks).isEmpty();
    time += 90_000;
    see("person", 0.9, 0.45, 0.5).frame(0.1);
    assertThat(tracks).singleElement().matches(Track::seen).matches(track -> track.id() == 1);
  }

  @Test
  void anIdIsNeverGivenTwice() {
    for (int round = 1; round <= 5; round++) {
      see("person", 0.9, 0.5, 0.5).frame(0.1);
      see("person", 0.9, 0.5, 0.5).frame(0.1);
      assertThat(tracks).singleElement().extracting(Track::id).isEqualTo((long) round);
      time += 61 * 90_000;
    }
  }

  @Test
  void aClassThatFlickersInItsGroupIsOneTrackWithTheLabelOfMostScore() {
    for (int i = 0; i < 30; i++) {
      see(i % 3 == 0 ? "truck" : "car", 0.8, 0.5, 0.5).frame(0.1);
    }
    see("truck", 0.9, 0.5, 0.5).see("car", 0.7, 0.5, 0.5).frame(0.1);
    assertThat(tracks).singleElement().extracting(Track::label).isEqualTo("car");
    assertThat(tracks.get(0).id()).isEqualTo(1);
  }

  @Test
  void twoWhoPassEachOtherKeepTheirIds() {
    for (int i = 0; i <= 40; i++) {
      see("person", 0.9, 0.3 + 0.01 * i, 0.5).see("person", 0.9, 0.7 - 0.01 * i, 0.53).frame(0.1);
    }
    assertThat(tracks).hasSize(2);
    for (Track track : tracks) {
      double x = track.standing().x();
      assertThat(x).isBetween(track.id() == 1 ? 0.65 : 0.25, track.id() == 1 ? 0.75 : 0.35);
    }
  }

  @Test
  void whoIsHiddenForTwoSecondsComesBackUnderTheirId() {
    for (double fps : new double[] {3, 10, 30}) {
      Set<Long> before = new HashSet<>();
      Set<Long> after = new HashSet<>();
      for (int i = 0; i < 7 * fps; i++) {
        double at = i / fps;
        if (at < 3 || at > 5) {
          see("person", 0.9, 0.1 + 0.03 * at, 0.5);
        }
        frame(1 / fps);
        tracks.forEach(track -> (at < 3 ? before : after).add(track.id()));
      }
      assertThat(after).isEqualTo(before).hasSize(1);
      time += 600L * 90_000; // nobody remembers
    }
  }

  @Test
  void intervalsMayVaryFromFrameToFrame() {
    Random random = new Random(5);
    Set<Long> ids = new HashSet<>();
    for (double at = 0; at < 8; ) {
      double step = 0.033 + 0.5 * random.nextDouble() * random.nextDouble();
      see("car", 0.9, 0.1 + 0.08 * at, 0.5).frame(step);
      at += step;
      tracks.forEach(track -> ids.add(track.id()));
    }
    assertThat(ids).containsExactly(1L);
  }

  @Test
  void whatStoodIsTheSameAfterAReconnectAndWhoWalkedIsNot() {
    for (int i = 0; i < 20; i++) {
      see("car", 0.9, 0.7, 0.6).see("person", 0.9, 0.1 + 0.01 * i, 0.3).frame(0.1);
    }
    time += 20 * 90_000;
    for (int i = 0; i < 2; i++) {
      see("car", 0.9, 0.7, 0.6).see("person", 0.9, 0.29 + 0.01 * i, 0.3).frame(0.1);
    }
    assertThat(tracks).filteredOn(track -> track.label().equals("car")).hasSize(1);
    assertThat(tracks).filteredOn(track -> track.id() == 1).hasSize(1);
    assertThat(tracks).extracting(Track::id).containsExactlyInAnyOrder(1L, 3L);
    time += 61 * 90_000; // but after a minute it is anybody's
    see("car", 0.9, 0.7, 0.6).frame(0.1).see("car", 0.9, 0.7, 0.6).frame(0.1);
    assertThat(tracks).extracting(Track::id).containsExactly(4L);
  }

  @Test
  void aCameraThatShakesLosesNobody() {
    Random random = new Random(3);
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      // Up to a third of their height, in any direction, from frame to frame.
      double dx = i < 5 ? 0 : 0.1 * (random.nextDouble() - 0.5);
      double dy = i < 5 ? 0 : 0.14 * (random.nextDouble() - 0.5);
      for (int person = 0; person < 6; person++) {
        see("person", 0.9, 0.15 + 0.13 * person + 0.001 * i + dx, 0.4 + 0.05 * person + dy);
      }
      frame(0.1);
      tracks.stream().filter(Track::seen).forEach(track -> ids.add(track.id()));
      assertThat(tracks).hasSize(i == 0 ? 0 : 6).allMatch(Track::seen);
    }
    assertThat(ids).hasSize(6);
  }

  @Test
  void aScoreThatIsNoNumberHidesNothing() {
    for (int i = 0; i < 3; i++) {
      see("person", Double.NaN, 0.2, 0.5).see("person", 0.9, 0.5, 0.5).frame(0.1);
    }
    assertThat(tracks).hasSize(1);
  }

  @Test
  void anyDetectionsAtAnyTimesAreSurvived() {
    Random random = new Random(2);
    for (int i = 0; i < 200; i++) {
      for (int n = random.nextInt(400); n > 0; n--) {
        float x = random.nextFloat();
        float y = random.nextFloat();
        float size = random.nextFloat() * random.nextFloat() * 0.3f - 0.01f;
        next.add(new Detection("car", random.nextFloat(), new Box(x, y, x + size, y + size)));
      }
      next.add(new Detection("car", Float.NaN, new Box(0, 0, 1, 1)));
      next.add(new Detection("car", 0.9f, new Box(Float.NaN, 0, 1, 1)));
      frame(random.nextDouble() * random.nextDouble() * 3 - 0.1);
      assertThat(tracks).hasSizeLessThanOrEqualTo(ByteTracker.MAX_TRACKS);
      assertThat(tracks)
          .allMatch(track -> Float.isFinite(track.box().left()) && track.box().width() > 0);
    }
  }

  private ByteTrackerTest see(String label, double score, double x, double y) {
    next.add(
        new Detection(
            label,
            (float) score,
            new Box((float) x - 0.03f, (float) y - 0.2f, (float) x + 0.03f, (float) y)));
    return this;
  }

  private ByteTrackerTest frame(double seconds) {
    tracks = tracker.update(next, time, 768, 576);
    next.clear();
    time += Math.round(seconds * 90_000);
    return this;
  }
}
