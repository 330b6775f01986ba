package io.kydai.analytics.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** One worker's second, shared out on a clock that the test moves. */
class BudgetTest {
  private static final double ALWAYS = Double.POSITIVE_INFINITY;

  private long now = 42;
  private final Budget budget = new Budget(1, 0.5, 10, () -> now);

  /** Frames that come evenly, 25 per second, and of which the wanted ones cost what is told. */
  private void run(double seconds, double millis, double most, List<Budget.Share> shares) {
    for (int i = 0; i < seconds * 25; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(40);
      for (Budget.Share share : shares) {
        share.arrived(most);
        share.spent((long) (millis * 1e6));
      }
    }
  }

  private List<Budget.Share> open(double... weights) {
    List<Budget.Share> shares = new ArrayList<>();
    for (double weight : weights) {
      shares.add(budget.open(weight));
    }
    return shares;
  }

  @Test
  void whileThereIsTimeEverybodyHasTheHighestRate() {
    List<Budget.Share> shares = open(1, 10);
    run(5, 40, ALWAYS, shares); // 0.8 of a second for both
    assertThat(shares).allSatisfy(share -> assertThat(share.fps()).isEqualTo(10));
    assertThat(shares).allSatisfy(share -> assertThat(share.limit()).isEqualTo(Limit.MAXIMUM));
  }

  @Test
  void whenThereIsLessTheRatesGoByWeightAndFitTheBudget() {
    List<Budget.Share> shares = open(1, 2, 3, 6);
    run(5, 950 / 12.0, ALWAYS, shares); // twelve frames
    for (int i = 0; i < 4; i++) {
      assertThat(shares.get(i).fps()).isCloseTo(new int[] {1, 2, 3, 6}[i], Offset.offset(0.01));
      assertThat(shares.get(i).limit()).isEqualTo(Limit.BUDGET);
    }
    shares.get(0).weigh(6);
    run(1, 950 / 12.0, ALWAYS, shares);
    assertThat(shares.get(0).fps()).isCloseTo(shares.get(3).fps(), Offset.offset(0.01));
  }

  @Test
  void aDearerFrameCostsItsCameraFramesAndNotTheOthers() {
    List<Budget.Share> shares = open(1, 1);
    run(5, 95, ALWAYS, shares);
    assertThat(shares.get(1).fps()).isCloseTo(5, Offset.offset(0.01));
    for (int i = 0; i < 200; i++) {
      shares.get(0).spent(TimeUnit.MILLISECONDS.toNanos(190));
    }
    run(0.5, 0, ALWAYS, List.of());
    now += TimeUnit.SECONDS.toNanos(1);
    shares.get(1).arrived(ALWAYS);
    assertThat(shares.get(0).fps()).isCloseTo(2.5, Offset.offset(0.05));
    assertThat(shares.get(1).fps()).isCloseTo(5, Offset.offset(0.05));
  }

  @Test
  void whatIdleSlowAndAbsentCamerasLeaveGoesToTheOthersAndIsTheirsAgainAtOnce() {
    List<Budget.Share> shares = open(1, 1, 1);
    run(5, 95, ALWAYS, shares); // ten frames for three
    assertThat(shares.get(0).fps()).isCloseTo(10 / 3.0, Offset.offset(0.01));
    for (int i = 0; i < 100; i++) {
      run(0.04, 95, ALWAYS, shares.subList(0, 1));
      shares.get(1).arrived(1); // idle; the third has gone
    }
    assertThat(shares.get(0).fps()).isCloseTo(9, Offset.offset(0.05));
    assertThat(shares.get(1).fps()).isEqualTo(1);
    assertThat(shares.get(1).limit()).isEqualTo(Limit.IDLE);
    assertThat(shares.get(2).limit()).isEqualTo(Limit.CAMERA);
    double back = shares.get(1).arrived(ALWAYS);
    assertThat(back).isCloseTo(9, Offset.offset(0.05)); // the present level, at once
    run(1, 95, ALWAYS, shares.subList(0, 2));
    assertThat(shares.get(0).fps()).isCloseTo(5, Offset.offset(0.05));
    assertThat(shares.get(1).fps()).isCloseTo(5, Offset.offset(0.05));
  }

  @Test
  void nobodyIsPutBelowTheLowestRate() {
    List<Budget.Share> shares = open(10, 1);
    run(5, 400, ALWAYS, shares); // 2.375 frames
    assertThat(shares.get(1).fps()).isEqualTo(0.5);
    assertThat(shares.get(0).fps()).isCloseTo(1.875, Offset.offset(0.01));
    run(30, 4_000, ALWAYS, shares); // not even these fit
    assertThat(shares).allSatisfy(share -> assertThat(share.fps()).isEqualTo(0.5));
  }

  @Test
  void aCameraThatLeavesGivesItsPartBack() {
    List<Budget.Share> shares = open(1, 1);
    run(5, 190, ALWAYS, shares);
    assertThat(shares.get(0).fps()).isCloseTo(2.5, Offset.offset(0.01));
    shares.get(1).close();
    assertThat(shares.get(0).fps()).isCloseTo(5, Percentage.withPercentage(1));
  }

  @Test
  void aThousandCamerasOfWhichMostAreIdle() {
    List<Budget.Share> shares = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      shares.add(budget.open(1 + i % 3));
    }
    for (int i = 0; i < 5 * 25; i++) {
      now += TimeUnit.MILLISECONDS.toNanos(40);
      for (int camera = 0; camera < 1_000; camera++) {
        shares.get(camera).arrived(camera < 990 ? 0.05 : ALWAYS);
        shares.get(camera).spent(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }
    // 0.95 s less 990 × 0.05 × 10 ms, for ten.
    double left = shares.subList(990, 1_000).stream().mapToDouble(Budget.Share::fps).sum() * 0.01;
    assertThat(left).isCloseTo(0.95 - 0.495, Offset.offset(0.001));
  }
}
