package io.kydai.analytics.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.budget.WeightedMaxMin.Vessel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightedMaxMinTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40, 1_000})
  void theBudgetIsUsedUpAndPartsGoByWeightBetweenFloorAndCeiling(int count) {
    Random random = new Random(count);
    for (int round = 0; round < 50; round++) {
      List<Vessel> vessels = new ArrayList<>();
      double floors = 0;
      double ceilings = 0;
      for (int i = 0; i < count; i++) {
        double floor = random.nextDouble();
        double ceiling = floor + 5 * random.nextDouble();
        vessels.add(new Vessel(1 + 9 * random.nextDouble(), floor, ceiling));
        floors += floor;
        ceilings += ceiling;
      }
      double budget = random.nextDouble() * 1.2 * ceilings;
      double level = WeightedMaxMin.of(budget, vessels);
      double used = vessels.stream().mapToDouble(vessel -> vessel.part(level)).sum();
      if (budget >= ceilings) {
        assertThat(level).isInfinite();
      } else if (budget <= floors) {
        assertThat(used).isCloseTo(floors, Offset.offset(1e-6));
      } else {
        assertThat(used).isCloseTo(budget, Offset.offset(1e-6 * count));
        // So whoever is between its bounds has level × weight: equal parts for equal weights.
      }
      for (Vessel vessel : vessels) {
        assertThat(vessel.part(level)).isBetween(vessel.floor(), vessel.ceiling());
      }
    }
  }

  @Test
  void whatASmallOneLeavesRaisesTheOthersByWeight() {
    Vessel small = new Vessel(10, 0, 1);
    Vessel light = new Vessel(1, 0, 100);
    Vessel heavy = new Vessel(3, 0, 100);
    double level = WeightedMaxMin.of(9, List.of(small, light, heavy));
    assertThat(small.part(level)).isEqualTo(1);
    assertThat(light.part(level)).isCloseTo(2, Offset.offset(1e-9));
    assertThat(heavy.part(level)).isCloseTo(6, Offset.offset(1e-9));
  }

  @Test
  void nobodyAndNothingAreNoError() {
    assertThat(WeightedMaxMin.of(1, List.of())).isInfinite();
    assertThat(WeightedMaxMin.of(1, List.of(new Vessel(1, 0, 0)))).isInfinite();
  }
}
