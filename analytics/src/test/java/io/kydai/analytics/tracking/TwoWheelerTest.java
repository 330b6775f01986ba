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

/** A rider and the machine are one road user, however the network flickers. */
class TwoWheelerTest {
  private final Tracker tracker = new ByteTracker();
  private final List<Detection> next = new ArrayList<>();
  private long time;
  private List<Track> tracks = List.of();

  @Test
  void riderAndMachineAreOneTrackOfTheMachinesClass() {
    for (int i = 0; i < 20; i++) {
      rider(0.2 + 0.02 * i, 0.6, 0.8, "motorcycle", 0.7).frame();
    }
    assertThat(tracks).singleElement().extracting(Track::label).isEqualTo("motorcycle");
    Track track = tracks.get(0);
    assertThat(track.riders()).isEqualTo(1);
    assertThat((double) track.box().top()).isBetween(0.38, 0.42); // the rider's head
    assertThat(track.standing().y()).isBetween(0.59, 0.61); // the wheels
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void oneIdAndOneClassThroughFlicker(int seed) {
    Random random = new Random(seed);
    Set<Long> ids = new HashSet<>();
    int shown = 0;
    for (int i = 0; i < 80; i++) {
      double x = 0.1 + 0.009 * i;
      double low = 0.25 + 0.2 * random.nextDouble();
      switch (i < 2 ? 0 : random.nextInt(6)) {
        case 0 -> rider(x, 0.6, 0.75, "motorcycle", 0.55);
        case 1 -> see("motorcycle", low, x - 0.04, 0.48, x + 0.04, 0.6); // the machine alone
        case 2 -> see("bicycle", low, x - 0.04, 0.48, x + 0.04, 0.6);
        case 3 -> see("person", low, x - 0.025, 0.4, x + 0.025, 0.55); // the rider alone
        case 4 -> see("person", low + 0.2, x - 0.04, 0.4, x + 0.04, 0.6); // both as one
        default -> see("motorcycle", low, x - 0.04, 0.4, x + 0.04, 0.6);
      }
      frame();
      for (Track track : tracks) {
        ids.add(track.id());
        shown += track.seen() ? 1 : 0;
        if (i > 10) {
          assertThat(track.label()).isEqualTo("motorcycle");
          assertThat(track.standing().y()).as("frame %d", i).isBetween(0.57, 0.63);
        }
      }
    }
    assertThat(ids).containsExactly(1L);
    assertThat(shown).isGreaterThan(75);
  }

  @Test
  void piecesOfOneRiderAndOneMachineAreNotTwoRiders() {
    Set<Long> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      double x = 0.2 + 0.02 * i;
      rider(x, 0.6, 0.8, "motorcycle", 0.7);
      see("person", 0.55, x - 0.035, 0.42, x + 0.035, 0.54); // both again, a little smaller
      see("motorcycle", 0.6, x - 0.038, 0.46, x + 0.038, 0.59);
      frame();
      tracks.forEach(track -> ids.add(track.id()));
    }
    assertThat(ids).containsExactly(1L);
  }

  @Test
  void lowScoresOfBothPartsTogetherBeginNothing() {
    for (int i = 0; i < 20; i++) {
      rider(0.2 + 0.02 * i, 0.6, 0.42, "motorcycle", 0.44).frame();
      assertThat(tracks).isEmpty();
    }
  }

  @Test
  void aPassengerIsCountedAndAPieceOfTheRiderIsNot() {
    for (int i = 0; i < 20; i++) {
      double x = 0.2 + 0.02 * i;
      rider(x, 0.6, 0.8, "motorcycle", 0.7);
      if (i % 3 == 0) { // hidden by the one in front else
        see("person", 0.4, x - 0.05, 0.41, x - 0.02, 0.55);
      }
      see("person", 0.5, x - 0.02, 0.4, x + 0.02, 0.48); // head and shoulders
      frame();
    }
    assertThat(tracks).singleElement().extracting(Track::riders).isEqualTo(2);
  }

  @Test
  void whoWalksPastAParkedMotorcycleStaysTheirOwn() {
    Set<Long> walkers = new HashSet<>();
    for (int i = 0; i < 60; i++) {
      see("motorcycle", 0.7, 0.46, 0.48, 0.54, 0.6);
      double x = 0.2 + 0.01 * i;
      see("person", 0.8, x - 0.02, 0.38, x + 0.02, 0.59);
      frame();
      tracks.stream()
          .filter(track -> track.label().equals("person"))
          .forEach(track -> walkers.add(track.id()));
      if (i > 2) {
        assertThat(tracks).extracting(Track::label).containsOnlyOnce("person", "motorcycle");
      }
    }
    assertThat(walkers).hasSize(1);
    assertThat(tracks).allMatch(track -> track.riders() == 0);
  }

  @Test
  void whoIsFoundAsAPersonFirstIsTheSameWhenTheMachineIsFoundToo() {
    for (int i = 0; i < 40; i++) {
      double x = 0.1 + 0.015 * i;
      if (i < 15) {
        see("person", 0.8, x - 0.025, 0.4, x + 0.025, 0.55);
      } else {
        rider(x, 0.6, 0.8, "bicycle", 0.6);
      }
      frame();
    }
    assertThat(tracks).singleElement().extracting(Track::id).isEqualTo(1L);
    assertThat(tracks.get(0).label()).isEqualTo("bicycle");
  }

  @Test
  void twoRidersSideBySideAreTwo() {
    for (int i = 0; i < 30; i++) {
      rider(0.2 + 0.01 * i, 0.6, 0.8, "motorcycle", 0.7);
      rider(0.29 + 0.01 * i, 0.6, 0.7, "motorcycle", 0.6);
      frame();
    }
    assertThat(tracks).hasSize(2).allMatch(track -> track.riders() == 1);
  }

  /** A machine of 0.08 × 0.12 that stands at y, and who sits on it. */
  private TwoWheelerTest rider(double x, double y, double person, String machine, double score) {
    see("person", person, x - 0.025, y - 0.2, x + 0.025, y - 0.05);
    return see(machine, score, x - 0.04, y - 0.12, x + 0.04, y);
  }

  private TwoWheelerTest see(
      String label, double score, double left, double top, double right, double bottom) {
    Box box = new Box((float) left, (float) top, (float) right, (float) bottom);
    next.add(new Detection(label, (float) score, box));
    return this;
  }

  private void frame() {
    tracks = tracker.update(next, time, 1280, 720);
    next.clear();
    time += 9_000;
  }
}
