package io.kydai.analytics.regions;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.models.detection.Box;
import io.kydai.models.detection.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DuplicateMergerTest {
  private static Detection seen(String label, double score, double x, double y, double side) {
    Box box = new Box((float) x, (float) y, (float) (x + side), (float) (y + side));
    return new Detection(label, (float) score, box);
  }

  @Test
  void ofOneObjectInTwoViewsTheBetterDetectionStays() {
    Detection far = seen("truck", 0.4, 0.5, 0.5, 0.1);
    Detection close = seen("car", 0.8, 0.51, 0.5, 0.1);
    assertThat(DuplicateMerger.removed(List.of(far), List.of(close))).containsExactly(close);
    assertThat(DuplicateMerger.removed(List.of(close), List.of(far))).containsExactly(close);
  }

  @Test
  void aHeadIsNoSecondPersonHoweverWellItIsSeen() {
    Detection whole = seen("person", 0.6, 0.4, 0.4, 0.2);
    Detection head = seen("person", 0.9, 0.45, 0.41, 0.08);
    assertThat(DuplicateMerger.removed(List.of(whole), List.of(head))).containsExactly(whole);
  }

  @Test
  void aVagueLargeBoxHidesNobodyInIt() {
    Detection vague = seen("car", 0.3, 0.4, 0.4, 0.2);
    Detection first = seen("car", 0.6, 0.41, 0.42, 0.08);
    Detection second = seen("car", 0.2, 0.51, 0.42, 0.08);
    assertThat(DuplicateMerger.removed(List.of(vague), List.of(first, second)))
        .containsExactly(first, vague, second);
  }

  @Test
  void otherGroupsNeighboursAndDetectionsOfOneViewStay() {
    Detection car = seen("car", 0.8, 0.5, 0.5, 0.1);
    Detection person = seen("person", 0.7, 0.5, 0.5, 0.1);
    Detection neighbour = seen("car", 0.6, 0.57, 0.5, 0.1);
    Detection behind = seen("car", 0.3, 0.51, 0.51, 0.1);
    assertThat(DuplicateMerger.removed(List.of(car, behind), List.of(person, neighbour)))
        .containsExactly(car, person, neighbour, behind);
  }

  /** Two views that see the same scene with errors; a failure names its seed. */
  @Test
  void nobodyIsThereTwiceAndNobodyIsLost() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Detection> one = new ArrayList<>();
      List<Detection> other = new ArrayList<>();
      for (int x = 0; x < 8; x++) {
        for (int y = 0; y < 8; y++) {
          boolean inOne = random.nextBoolean();
          if (inOne) {
            one.add(blurred(random, x, y));
          }
          if (!inOne || random.nextBoolean()) {
            other.add(blurred(random, x, y));
          }
        }
      }
      List<Detection> all = DuplicateMerger.removed(one, other);
      assertThat(all).as("seed %d", seed).hasSize(64);
      assertThat(all).isSortedAccordingTo((a, b) -> Float.compare(b.score(), a.score()));
    }
  }

  private static Detection blurred(Random random, int x, int y) {
    return seen(
        random.nextBoolean() ? "car" : "truck",
        0.2 + 0.7 * random.nextDouble(),
        (x + 0.1 * random.nextDouble()) / 8,
        (y + 0.1 * random.nextDouble()) / 8,
        (0.7 + 0.1 * random.nextDouble()) / 8);
  }
}
