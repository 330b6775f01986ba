package io.kydai.analytics.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * Counts against the truth. Errors of different lines do not cancel: what is missed on one and
 * counted twice on another is two errors.
 *
 * @param truth what crossed, all lines and directions together
 * @param counted what was counted
 * @param error sum of the differences of each line and direction, without sign
 */
public record CountScore(long truth, long counted, long error) {
  /** One line in one direction. */
  public record Pair(long truth, long counted) {}

  public static CountScore of(List<Pair> pairs) {
    return new CountScore(
        pairs.stream().mapToLong(Pair::truth).sum(),
        pairs.stream().mapToLong(Pair::counted).sum(),
        pairs.stream().mapToLong(pair -> Math.abs(pair.counted() - pair.truth())).sum());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "counted %d of %d, error %d (%.1f %%)",
        counted,
        truth,
        error,
        truth == 0 ? 0 : 100.0 * error / truth);
  }
}
