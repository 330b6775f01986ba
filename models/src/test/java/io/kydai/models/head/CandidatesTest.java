package io.kydai.models.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
  private final Candidates candidates = new Candidates(0.1f, false);

  @Test
  void theBestStayWhenThereAreMoreThanFit() {
    List<Integer> anchors =
        new ArrayList<>(IntStream.range(0, 3 * Candidates.CAPACITY).boxed().toList());
    Collections.shuffle(anchors, new Random(5));
    anchors.forEach(anchor -> candidates.offer(anchor / 10_000f, anchor, anchor % 80));
    candidates.sort();
    assertThat(candidates.size()).isEqualTo(Candidates.CAPACITY);
    for (int i = 0; i < Candidates.CAPACITY; i++) {
      assertThat(candidates.anchor(i)).isEqualTo(3 * Candidates.CAPACITY - 1 - i);
      assertThat(candidates.label(i)).isEqualTo(candidates.anchor(i) % 80);
    }
  }

  @Test
  void amongEqualScoresTheLowerAnchorAndThenTheLowerClassComesFirst() {
    candidates.offer(0.5f, 9, 1);
    candidates.offer(0.5f, 2, 7);
    candidates.offer(0.5f, 2, 3);
    candidates.sort();
    assertThat(
            IntStream.range(0, 3).mapToObj(i -> candidates.anchor(i) + "/" + candidates.label(i)))
        .containsExactly("2/3", "2/7", "9/1");
  }

  @Test
  void theyAreReusedFromPictureToPicture() {
    candidates.offer(0.9f, 1, 1);
    candidates.clear();
    candidates.offer(0.2f, 2, 2);
    candidates.sort();
    assertThat(candidates.size()).isEqualTo(1);
    assertThat(candidates.score(0)).isEqualTo(0.2f);
  }
}
