package io.kydai.analytics.mot;

import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/** All measures of one tracker on one sequence. */
public record MotScore(Clear clear, Identity identity, Hota hota) {
  private static final String ROW =
      "%-24s %6s %6s %6s %6s  %6s %6s %6s %6s %6s  %6s %6s %5s %5s %4s %4s %4s%n";

  public static MotScore of(
      SortedMap<Integer, List<MotData.Entry>> truth,
      SortedMap<Integer, List<MotData.Entry>> results,
      MotPairs.Rules rules) {
    MotPairs pairs = MotPairs.of(truth, results, rules);
    return new MotScore(Clear.of(pairs), Identity.of(pairs), Hota.of(pairs));
  }

  /** The names of what {@link #row} prints. */
  public static String header() {
    return String.format(
        ROW, "", "HOTA", "DetA", "AssA", "LocA", "MOTA", "MOTP", "IDF1", "IDP", "IDR", "FP", "FN",
        "IDSW", "Frag", "MT", "PT", "ML");
  }

  /** Shares in per cent, as the benchmarks print them. */
  public String row(String name) {
    return row(
        name,
        hota,
        clear,
        clear.mota(),
        clear.motp(),
        identity.idf1(),
        identity.precision(),
        identity.recall());
  }

  private static String row(
      String name,
      Hota hota,
      Clear counts,
      double mota,
      double motp,
      double idf1,
      double idp,
      double idr) {
    return String.format(
        ROW,
        name,
        percent(hota.hota()),
        percent(hota.detection()),
        percent(hota.association()),
        percent(hota.location()),
        percent(mota),
        percent(motp),
        percent(idf1),
        percent(idp),
        percent(idr),
        counts.fp(),
        counts.fn(),
        counts.switches(),
        counts.fragments(),
        counts.mostly(),
        counts.partly(),
        counts.lost());
  }

  /** The same of several sequences: shares are their means, counts are their sums. */
  public static String meanRow(String name, List<MotScore> scores) {
    Hota hota =
        new Hota(
            mean(scores, score -> score.hota.hota()),
            mean(scores, score -> score.hota.detection()),
            mean(scores, score -> score.hota.association()),
            mean(scores, score -> score.hota.location()));
    Clear sum = scores.stream().map(MotScore::clear).reduce(Clear::plus).orElseThrow();
    return row(
        name,
        hota,
        sum,
        mean(scores, score -> score.clear.mota()),
        mean(scores, score -> score.clear.motp()),
        mean(scores, score -> score.identity.idf1()),
        mean(scores, score -> score.identity.precision()),
        mean(scores, score -> score.identity.recall()));
  }

  private static double mean(List<MotScore> scores, ToDoubleFunction<MotScore> figure) {
    return scores.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }
}
