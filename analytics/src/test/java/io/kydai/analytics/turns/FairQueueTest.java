package io.kydai.analytics.turns;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.turns.FairQueue.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shares in virtual time: workers, and turns of any length, are only numbers here. */
class FairQueueTest {
  /**
   * Workers that serve a queue of members; each member wants turns all the time, unless it sleeps.
   */
  private static final class Workshop {
    private record Turn(double ends, Place<Integer> place, double cost) {}

    private final FairQueue<Integer> line = new FairQueue<>();
    private final List<Place<Integer>> places = new ArrayList<>();
    private final PriorityQueue<Turn> turns =
        new PriorityQueue<>((one, other) -> Double.compare(one.ends(), other.ends()));
    private final double[] weights;
    private final double[] costs;
    private final int workers;
    private final Random random;
    private final double[] served;
    private final double[] readySince;
    private final double[] longestWait;
    private final boolean[] sleeps;
    private double now;

    Workshop(double[] weights, double[] costs, int workers, Random random) {
      this.weights = weights;
      this.costs = costs;
      this.workers = workers;
      this.random = random;
      this.served = new double[weights.length];
      this.readySince = new double[weights.length];
      this.longestWait = new double[weights.length];
      this.sleeps = new boolean[weights.length];
      for (int i = 0; i < weights.length; i++) {
        places.add(line.place(i));
        line.enter(places.get(i));
      }
    }

    void sleep(int member) {
      sleeps[member] = true;
      line.leave(places.get(member)); // A turn that is under way ends as any other.
    }

    void awake(int member) {
      sleeps[member] = false;
      readySince[member] = now;
      if (turns.stream().noneMatch(turn -> turn.place() == places.get(member))) {
        line.enter(places.get(member));
      }
    }

    void runUntil(double end) {
      while (now < end) {
        while (turns.size() < workers && !line.isEmpty()) {
          Place<Integer> place = line.next();
          int member = place.owner();
          longestWait[member] = Math.max(longestWait[member], now - readySince[member]);
          double cost = costs[member] * (0.8 + 0.4 * random.nextDouble());
          turns.add(new Turn(now + cost, place, cost));
        }
        Turn turn = turns.remove();
        int member = turn.place().owner();
        now = turn.ends();
        served[member] += turn.cost();
        line.spent(turn.place(), turn.cost(), weights[member]);
        readySince[member] = now;
        if (!sleeps[member]) {
          line.enter(turn.place());
        }
      }
    }
  }

  private static double[] draw(int count, Random random, double from, double to) {
    return random.doubles(count, from, to).toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyWeightsAndCostsGetTheirShares(long seed) {
    Random random = new Random(seed);
    int count = 2 + random.nextInt(30);
    double[] weights = draw(count, random, 1, 30);
    Workshop workshop = new Workshop(weights, draw(count, random, 0.01, 0.2), 1, random);
    workshop.runUntil(2_000);
    double all = Arrays.stream(weights).sum();
    for (int i = 0; i < count; i++) {
      assertThat(workshop.served[i] / workshop.now)
          .isCloseTo(weights[i] / all, Percentage.withPercentage(2));
    }
  }

  @ParameterizedTest
  @CsvSource({"2,1", "2,2", "3,3", "4,4", "8,5", "8,6"})
  void andSoTheyDoOfSeveralWorkersAsLongAsNobodyIsDueMoreThanOne(int workers, long seed) {
    Random random = new Random(seed);
    int count = workers * 6;
    double[] weights = draw(count, random, 1, 5);
    Workshop workshop = new Workshop(weights, draw(count, random, 0.01, 0.2), workers, random);
    workshop.runUntil(1_000);
    double all = Arrays.stream(weights).sum();
    for (int i = 0; i < count; i++) {
      double due = workers * weights[i] / all;
      assertThat(due).isLessThan(1);
      assertThat(workshop.served[i] / workshop.now).isCloseTo(due, Percentage.withPercentage(3));
    }
  }

  @Test
  void whoIsDueMoreThanOneWorkerHasOneAndSavesNothingUp() {
    double[] weights = {30, 1, 1, 1};
    double[] costs = {0.1, 0.1, 0.1, 0.1};
    Workshop workshop = new Workshop(weights, costs, 2, new Random(1));
    workshop.sleep(3);
    workshop.runUntil(100);
    assertThat(workshop.served[0]).isCloseTo(100, Offset.offset(0.5));
    assertThat(workshop.served[1]).isCloseTo(50, Offset.offset(0.5));
    double first = workshop.served[1];
    workshop.awake(3); // It comes where the others are, not where the first has stayed behind.
    workshop.runUntil(101);
    assertThat(workshop.served[1] - first).isGreaterThan(0.2);
  }

  @Test
  void thousandLanesAndEvenTheLightestHasATurnInTime() {
    Random random = new Random(11);
    int count = 1_000;
    double[] weights = draw(count, random, 1, 10);
    weights[0] = 1;
    double[] costs = draw(count, random, 0.02, 0.1);
    Workshop workshop = new Workshop(weights, costs, 4, random);
    workshop.runUntil(1_000);
    double all = Arrays.stream(weights).sum();
    for (int i = 0; i < count; i++) {
      double due = 4 * weights[i] / all;
      // A wait: its own last turn in virtual time, in which the others have theirs, and a turn
      // each.
      double wait = 1.2 * (costs[i] * all / weights[i] + Arrays.stream(costs).sum()) / 4;
      assertThat(workshop.longestWait[i]).isLessThan(wait);
      assertThat(workshop.served[i]).isCloseTo(1_000 * due, Offset.offset(3 * costs[i]));
    }
  }

  @Test
  void whatOneLeavesGoesToTheOthersByWeightAndGivesNoCreditWhenItIsBack() {
    double[] weights = {5, 1, 2};
    double[] costs = {0.1, 0.1, 0.1};
    Workshop workshop = new Workshop(weights, costs, 1, new Random(3));
    workshop.sleep(0);
    workshop.runUntil(1_000);
    assertThat(workshop.served[1]).isCloseTo(333, Offset.offset(3.0));
    assertThat(workshop.served[2]).isCloseTo(667, Offset.offset(3.0));
    double[] before = workshop.served.clone();
    workshop.awake(0);
    workshop.runUntil(1_008);
    assertThat(workshop.served[0] - before[0]).isCloseTo(5, Offset.offset(0.3));
    assertThat(workshop.served[1] - before[1]).isCloseTo(1, Offset.offset(0.3));
    assertThat(workshop.served[2] - before[2]).isCloseTo(2, Offset.offset(0.3));
  }

  @Test
  void turnsThatCostNothingAreStillTakenInOrder() {
    FairQueue<Integer> line = new FairQueue<>();
    List<Place<Integer>> places = List.of(line.place(0), line.place(1), line.place(2));
    places.forEach(line::enter);
    for (int i = 0; i < 30; i++) {
      Place<Integer> next = line.next();
      assertThat(next.owner()).isEqualTo(i % 3);
      line.spent(next, 0, 1);
      line.enter(next);
    }
  }
}
