package io.kydai.analytics.events;

import io.kydai.analytics.evaluation.AlertScore;
import io.kydai.analytics.evaluation.AlertScore.Happening;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The labelled clips under seven conditions, and how right alerts and counts are on the clips that
 * constants are chosen on ({@link Labels#tuned}) and, apart from them, on the others: {@code
 * scripts/evaluate conditions CACHE [--network N] [--precision P] [--input WIDTHxHEIGHT] [--clips]
 * [--no-steady]}. Detections come from {@link RecordingCache}.
 */
public final class Conditions {
  private static final double SLACK = 1;

  /**
   * @param every n-th picture is analysed; 0: the labels' number
   */
  private record Condition(String name, int every, Optional<Degraded> degraded) {
    static Condition at(String name, int every) {
      return new Condition(name, every, Optional.empty());
    }

    static Condition of(String degraded) {
      return new Condition(degraded, 0, Optional.of(Degraded.of(degraded)));
    }
  }

  private static final List<Condition> ALL =
      List.of(
          Condition.at("labels' rate", 0),
          Condition.at("every 2nd", 2),
          Condition.at("every", 1),
          Condition.of("night"),
          Condition.of("rain"),
          Condition.of("shake"),
          Condition.of("low-rate"));

  /** Sums over clips. */
  private record Sum(
      int happened, int right, int wrong, int duplicates, long truth, long missed, long extra) {
    static final Sum NONE = new Sum(0, 0, 0, 0, 0, 0, 0);

    Sum plus(Sum other) {
      return new Sum(
          happened + other.happened,
          right + other.right,
          wrong + other.wrong,
          duplicates + other.duplicates,
          truth + other.truth,
          missed + other.missed,
          extra + other.extra);
    }

    Sum counted(long happenings, long found) {
      return plus(
          new Sum(
              0,
              0,
              0,
              0,
              happenings,
              Math.max(0, happenings - found),
              Math.max(0, found - happenings)));
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "right %3d of %3d, false %2d, duplicates %2d; crossings %3d: missed %3d, extra %3d",
          right,
          happened,
          wrong,
          duplicates,
          truth,
          missed,
          extra);
    }
  }

  private Conditions() {}

  public static void main(String[] arguments) throws IOException {
    String network = "default";
    Precision precision = DetectorSettings.DEFAULT_PRECISION;
    @Nullable InputSize input = null;
    boolean clips = false;
    boolean steadied = true;
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--network" -> network = arguments[++i];
        case "--precision" ->
            precision = Precision.valueOf(arguments[++i].toUpperCase(Locale.ROOT));
        case "--input" -> input = InputSize.parse(arguments[++i]);
        case "--clips" -> clips = true;
        case "--no-steady" -> steadied = false;
        default -> throw new IllegalArgumentException(arguments[i] + " is no option");
      }
    }
    try (RecordingCache recordings =
        new RecordingCache(Path.of(arguments[0]), network, input, precision, true, steadied)) {
      table(recordings, clips);
    }
  }

  private static void table(RecordingCache recordings, boolean clips) throws IOException {
    Sum chosenOn = Sum.NONE;
    Sum others = Sum.NONE;
    for (Condition condition : ALL) {
      Sum tuned = Sum.NONE;
      Sum rest = Sum.NONE;
      for (String clip : Labels.ALL) {
        Labels labels = Labels.read(clip);
        int every = condition.every() == 0 ? labels.every() : condition.every();
        Sum sum =
            score(
                labels,
                Replay.of(recordings.of(clip, labels, every, condition.degraded()), labels));
        if (clips) {
          System.out.printf("  %-16s %s%n", clip, sum);
        }
        tuned = labels.tuned() ? tuned.plus(sum) : tuned;
        rest = labels.tuned() ? rest : rest.plus(sum);
      }
      print(condition.name(), tuned, rest);
      chosenOn = chosenOn.plus(tuned);
      others = others.plus(rest);
    }
    print("all", chosenOn, others);
  }

  private static void print(String name, Sum tuned, Sum rest) {
    System.out.printf("%-12s chosen on: %s%n", name, tuned);
    System.out.printf("%-12s others:    %s%n", "", rest);
    System.out.printf("%-12s together:  %s%n", "", tuned.plus(rest));
  }

  private static Sum score(Labels labels, Replay found) {
    Sum sum = Sum.NONE;
    for (RuleSpec rule : labels.specs()) {
      double[][] happened = labels.alerts().get(rule.id());
      if (happened != null) {
        AlertScore alerts =
            AlertScore.of(
                List.of(happened).stream().map(time -> new Happening(time[0], time[1])).toList(),
                found.told(rule.id()),
                SLACK);
        sum =
            sum.plus(
                new Sum(
                    alerts.happened(),
                    alerts.answered(),
                    alerts.wrong(),
                    alerts.duplicates(),
                    0,
                    0,
                    0));
      }
    }
    for (var line : labels.counts().entrySet()) {
      sum = sum.counted(line.getValue()[0], found.count(line.getKey()).forward());
      sum = sum.counted(line.getValue()[1], found.count(line.getKey()).backward());
    }
    for (var rule : labels.movements().entrySet()) {
      for (var way : rule.getValue().entrySet()) {
        String[] zones = way.getKey().split(" ");
        sum = sum.counted(way.getValue(), found.moved(rule.getKey(), zones[0], zones[1]));
      }
    }
    return sum;
  }
}
