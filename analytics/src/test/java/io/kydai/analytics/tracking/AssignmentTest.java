package io.kydai.analytics.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AssignmentTest {

  @Test
  void isAsGoodAsTryingEverything() {
    Random random = new Random(11);
    Assignment assignment = new Assignment();
    for (int run = 0; run < 500; run++) {
      int rows = 1 + random.nextInt(5);
      int columns = 1 + random.nextInt(5);
      double[] cost = new double[rows * columns];
      for (int i = 0; i < cost.length; i++) {
        cost[i] = random.nextInt(4) == 0 ? 10 : random.nextDouble();
      }
      int[] match = new int[rows];
      assignment.solve(cost, rows, columns, 0.8, match);
      double sum = 0;
      boolean[] used = new boolean[columns];
      for (int r = 0; r < rows; r++) {
        if (match[r] >= 0) {
          assertThat(used[match[r]]).isFalse();
          used[match[r]] = true;
          assertThat(cost[r * columns + match[r]]).isLessThanOrEqualTo(0.8);
        }
        sum += match[r] < 0 ? 0.8 : cost[r * columns + match[r]];
      }
      assertThat(sum).isCloseTo(best(cost, 0, rows, columns, 0), within(1e-9));
    }
  }

  private static double best(double[] cost, int row, int rows, int columns, int used) {
    if (row == rows) {
      return 0;
    }
    double best = 0.8 + best(cost, row + 1, rows, columns, used);
    for (int c = 0; c < columns; c++) {
      double price = cost[row * columns + c];
      if ((used & 1 << c) == 0 && price <= 0.8) {
        best = Math.min(best, price + best(cost, row + 1, rows, columns, used | 1 << c));
      }
    }
    return best;
  }
}
