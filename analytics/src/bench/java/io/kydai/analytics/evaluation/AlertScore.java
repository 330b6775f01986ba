package io.kydai.analytics.evaluation;

import io.kydai.analytics.tracking.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One rule's alerts against what happened.
 *
 * <p>Each happening is answered by at most one alert, and each alert answers at most one happening:
 * of all ways the one with most answers and, among those, most time in common. An alert may be off
 * by {@code slack} seconds at either end. A further alert within a happening that is answered is a
 * <em>duplicate</em>; one that touches no happening is <em>false</em>. An alert that spans two
 * happenings answers one: the other is missed.
 *
 * @param happened happenings on the list
 * @param answered happenings with an alert
 * @param duplicates alerts beyond the first of a happening
 * @param wrong alerts of which nothing is true
 * @param delays seconds from each answered happening's start until its alert was opened, in order
 *     of the happenings; negative where the alert came before the time on the list
 */
public record AlertScore(
    int happened, int answered, int duplicates, int wrong, List<Double> delays) {
  /** A stretch of time in seconds, both ends included. */
  public record Happening(double start, double end) {
    public Happening {
      if (!(start >= 0 && start <= end)) {
        throw new IllegalArgumentException(
            "a happening must start at 0 or later and not end before: " + start + "–" + end);
      }
    }
  }

  /**
   * What a rule told.
   *
   * @param opened when it was told, seconds
   */
  public record Told(double start, double end, double opened) {}

  public static AlertScore of(List<Happening> happenings, List<Told> alerts, double slack) {
    int columns = alerts.size();
    double[] cost = new double[happenings.size() * columns];
    for (int i = 0; i < cost.length; i++) {
      double common = common(happenings.get(i / columns), alerts.get(i % columns), slack);
      cost[i] = common < 0 ? 0 : -1e9 - common;
    }
    int[] match = new int[happenings.size()];
    new Assignment().solve(cost, happenings.size(), columns, 0, match);
    boolean[] used = new boolean[columns];
    int answered = 0;
    List<Double> delays = new ArrayList<>();
    for (int h = 0; h < match.length; h++) {
      if (match[h] >= 0 && cost[h * columns + match[h]] < 0) {
        used[match[h]] = true;
        answered++;
        delays.add(alerts.get(match[h]).opened() - happenings.get(h).start());
      }
    }
    int duplicates = 0;
    int wrong = 0;
    for (int a = 0; a < columns; a++) {
      Told alert = alerts.get(a);
      boolean touches = happenings.stream().anyMatch(h -> common(h, alert, slack) >= 0);
      duplicates += !used[a] && touches ? 1 : 0;
      wrong += touches ? 0 : 1;
    }
    return new AlertScore(happenings.size(), answered, duplicates, wrong, List.copyOf(delays));
  }

  /** Seconds in common; negative where they are apart by more than the slack. */
  private static double common(Happening happening, Told alert, double slack) {
    return Math.min(happening.end() + slack, alert.end())
        - Math.max(happening.start() - slack, alert.start());
  }

  /** The share of alerts that answer a happening; duplicates count against it. Empty: no alerts. */
  public OptionalDouble precision() {
    return share(answered, answered + duplicates + wrong);
  }

  /** The share of happenings that were told. Empty: nothing happened. */
  public OptionalDouble recall() {
    return share(answered, happened);
  }

  private static OptionalDouble share(int part, int all) {
    return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / all);
  }

  /** Adds another rule's or clip's. */
  public AlertScore plus(AlertScore other) {
    List<Double> all = new ArrayList<>(delays);
    all.addAll(other.delays);
    return new AlertScore(
        happened + other.happened,
        answered + other.answered,
        duplicates + other.duplicates,
        wrong + other.wrong,
        List.copyOf(all));
  }

  /** The same alerts, by so many seconds later: by less than 0, where a rule has to wait. */
  public AlertScore later(double seconds) {
    List<Double> moved = delays.stream().map(delay -> delay + seconds).toList();
    return new AlertScore(happened, answered, duplicates, wrong, moved);
  }

  private OptionalDouble median() {
    double[] sorted = delays.stream().mapToDouble(d -> d).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(
            sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2);
  }

  private static final String ROW = "%-22s %8s %6s %9s %6s %10s %6s %13s %9s%n";

  public static String header() {
    return String.format(
        ROW,
        "rule",
        "happened",
        "told",
        "precision",
        "recall",
        "duplicates",
        "false",
        "delay, median",
        "worst");
  }

  public String row(String name) {
    OptionalDouble worst = delays.stream().mapToDouble(d -> d).max();
    return String.format(
        ROW,
        name,
        happened,
        answered + duplicates + wrong,
        text(precision(), "%.2f"),
        text(recall(), "%.2f"),
        duplicates,
        wrong,
        text(median(), "%.1f s"),
        text(worst, "%.1f s"));
  }

  private static String text(OptionalDouble value, String format) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
  }
}
