package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.observation.Track;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Posts, guard rails and shop windows, beside people and vehicles that stand. Five frames/s. */
class SceneryTest {
  private static final long FRAME = 18_000;

  private final ByteTracker tracker = new ByteTracker();
  private final List<Detection> next = new ArrayList<>();
  private long time;
  private int frames;
  private List<Track> tracks = List.of();

  @Test
  void aPostBecomesSceneryAfterFiveMinutes() {
    post(290);
    assertThat(tracks).extracting(Track::scenery).containsExactly(false);
    post(30);
    assertThat(tracks).extracting(Track::scenery).containsExactly(true);
  }

  @Test
  void aTrackThatBeginsAnewOnAPostIsSceneryAtOnce() {
    post(320);
    long before = tracks.get(0).id();
    for (int i = 0; i < 50; i++) { // longer than a lost track is kept
      frame();
    }
    post(1);
    assertThat(tracks.get(0).id()).isGreaterThan(before);
    assertThat(tracks).extracting(Track::scenery).containsExactly(true);
  }

  @Test
  void aPostThatWasAwayForMinutesIsLearntAnew() {
    post(320);
    for (int i = 0; i < 5 * 130; i++) {
      see("car", 0.9f, 0.7, 0.7, 0.1, 0.1).frame();
    }
    post(10);
    assertThat(tracks.stream().filter(track -> track.label().equals("person")))
        .extracting(Track::scenery)
        .containsExactly(false);
  }

  @Test
  void aParkedCarThatWasSeenToArriveStaysAnObject() {
    for (int i = 0; i < 40; i++) {
      see("car", 0.5f, 0.1 + 0.01 * i, 0.4, 0.2, 0.2).frame();
    }
    for (int i = 0; i < 5 * 400; i++) {
      see("car", 0.5f, 0.5, 0.4, 0.2, 0.2).frame();
    }
    assertThat(tracks).extracting(Track::scenery).containsExactly(false);
    for (int i = 0; i < 5 * 60; i++) {
      frame(); // hidden for a minute, and then under another id
    }
    for (int i = 0; i < 5 * 400; i++) {
      see("car", 0.5f, 0.5, 0.4, 0.2, 0.2).frame();
    }
    assertThat(tracks).extracting(Track::scenery).containsExactly(false);
  }

  @Test
  void aCarThatTheNetworkIsSureOfStaysAnObject() {
    for (int i = 0; i < 5 * 400; i++) {
      see("car", 0.8f, 0.5, 0.4, 0.2, 0.2).frame();
    }
    assertThat(tracks).extracting(Track::scenery).containsExactly(false);
  }

  @Test
  void sceneryThatMovesIsAnObject() {
    post(320);
    for (int i = 0; i < 40; i++) {
      see("person", 0.52f, 0.3 + 0.005 * i, 0.3, 0.05, 0.2).frame();
    }
    assertThat(tracks).extracting(Track::scenery).containsExactly(false);
    post(10);
    assertThat(tracks.stream().filter(Track::seen))
        .extracting(Track::scenery)
        .containsExactly(false);
  }

  @Test
  void aWalkerWhoPassesAPostIsAnObjectAndThePostStaysScenery() {
    post(320);
    for (int i = 0; i < 100; i++) {
      see("person", 0.8f, 0.05 + 0.006 * i, 0.35, 0.06, 0.25);
      if (i < 35 || i > 50) {
        see("person", 0.52f, 0.3, 0.3, 0.05, 0.2);
      }
      frame();
      assertThat(tracks.stream().filter(track -> track.seen() && track.score() > 0.7))
          .noneMatch(Track::scenery);
    }
    post(10);
    assertThat(tracks.stream().filter(Track::seen)).extracting(Track::scenery).contains(true);
  }

  @Test
  void timeWithoutPicturesMakesNothingScenery() {
    post(60);
    time += 90_000L * 50;
    post(60);
    time += 90_000L * 50;
    post(150);
    assertThat(tracks).extracting(Track::scenery).containsExactly(false);
  }

  @Test
  void moreThingsThanAreRememberedStayObjects() {
    for (int i = 0; i < 5 * 320; i++) {
      for (int t = 0; t < 210; t++) {
        see("person", 0.52f, 0.01 + 0.045 * (t % 21), 0.01 + 0.09 * (t / 21), 0.02, 0.06);
      }
      frame();
    }
    assertThat(tracks.stream().filter(Track::scenery)).hasSize(Scenery.MOST);
    assertThat(tracks).hasSize(210);
  }

  private void post(int seconds) {
    for (int i = 0; i < 5 * seconds; i++) {
      double jitter = 0.001 * (frames % 5);
      see("person", 0.52f, 0.3 + jitter, 0.3, 0.05, 0.2).frame();
    }
  }

  private SceneryTest see(String label, float score, double x, double y, double w, double h) {
    Box box = new Box((float) x, (float) y, (float) (x + w), (float) (y + h));
    next.add(new Detection(label, score, box));
    return this;
  }

  private void frame() {
    tracks = tracker.update(next, time, 1280, 720);
    next.clear();
    time += FRAME;
    frames++;
  }
}
