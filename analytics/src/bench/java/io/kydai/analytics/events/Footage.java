package io.kydai.analytics.events;

import io.kydai.analytics.evaluation.AlertScore;
import io.kydai.analytics.evaluation.AlertScore.Happening;
import io.kydai.analytics.evaluation.CountScore;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/**
 * {@code scripts/evaluate footage}: the product's network, tracker and rules on the labelled clips,
 * and how right they are for each type of rule.
 */
public final class Footage {
  private static final String USAGE =
      """
      scripts/evaluate footage [CLIP …] [--degrade night|rain|haze|shake|low-rate|small] [--every N]
                               [--network light|default|quality] [--precision auto|int8|fp32]
                               [--input WIDTHxHEIGHT] [--no-stretch] [--no-steady]
                               [--cache DIR] [--details]
      CLIP: labels' names (all). --every N analyses every n-th picture, in place of the labels' N.
      --no-stretch gives hazy pictures to the network as they are,
      --no-steady leaves what a shaking camera sees where it is on the picture.
      Detections are kept in DIR and made only once.""";
  private static final double SLACK = 1;

  private final List<String> clips = new ArrayList<>();
  private Optional<Degraded> degraded = Optional.empty();
  private String network = "quality";
  private @Nullable InputSize input;
  private Precision precision = DetectorSettings.DEFAULT_PRECISION;
  private OptionalInt every = OptionalInt.empty();
  private Path cache = Path.of(System.getProperty("java.io.tmpdir"), "kydai-footage");
  private boolean details;
  private boolean stretched = true;
  private boolean steadied = true;
  private int suspects;

  private final Map<String, AlertScore> alerts = new TreeMap<>();
  private final Map<String, List<CountScore.Pair>> counts = new TreeMap<>();

  private Footage(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      if (word.equals("--details")) {
        details = true;
      } else if (word.equals("--no-stretch")) {
        stretched = false;
      } else if (word.equals("--no-steady")) {
        steadied = false;
      } else if (!word.startsWith("-")) {
        clips.add(word);
      } else if (i + 1 < arguments.size()) {
        set(word, arguments.get(++i));
      } else {
        throw new IllegalArgumentException(USAGE);
      }
    }
    if (clips.isEmpty()) {
      clips.addAll(Labels.ALL);
    }
  }

  private void set(String option, String value) {
    switch (option) {
      case "--degrade" -> degraded = Optional.of(Degraded.of(value));
      case "--network" -> network = value;
      case "--input" -> input = InputSize.parse(value);
      case "--precision" -> precision = Precision.valueOf(value.toUpperCase(Locale.ROOT));
      case "--every" -> every = OptionalInt.of(Integer.parseInt(value));
      case "--cache" -> cache = Path.of(value);
      default -> throw new IllegalArgumentException(USAGE);
    }
  }

  public static void main(String[] arguments) {
    try {
      new Footage(List.of(arguments)).run();
    } catch (IOException | IllegalArgumentException | TestAbortedException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException {
    try (RecordingCache recordings =
        new RecordingCache(cache, network, input, precision, stretched, steadied)) {
      for (String clip : clips) {
        Labels labels = Labels.read(clip);
        Recording seen = recordings.of(clip, labels, every.orElse(labels.every()), degraded);
        Replay found = Replay.of(seen, labels);
        score(clip, labels, found);
      }
    }
    System.out.printf("%n%s", AlertScore.header());
    AlertScore all = new AlertScore(0, 0, 0, 0, List.of());
    for (Map.Entry<String, AlertScore> type : alerts.entrySet()) {
      System.out.print(type.getValue().row(type.getKey()));
      all = all.plus(type.getValue());
    }
    System.out.print(all.row("all"));
    System.out.printf("pairs of alerts that may tell of one object: %d%n", suspects);
    counts.forEach((type, pairs) -> System.out.printf("%-22s %s%n", type, CountScore.of(pairs)));
  }

  private void score(String clip, Labels labels, Replay found) {
    System.out.printf(
        "%s (%d pictures%s)%n",
        clip, found.observations().size(), labels.tuned() ? ", looked at while tuning" : "");
    if (details) {
      System.out.println(found.report(labels));
    }
    for (RuleSpec rule : labels.specs()) {
      double[][] happened = labels.alerts().get(rule.id());
      if (happened != null) {
        AlertScore score =
            AlertScore.of(happenings(happened), found.told(rule.id()), SLACK)
                .later(-seconds(rule.settings().get("for")));
        alerts.merge(rule.type(), score, AlertScore::plus);
        System.out.printf(
            "  %-24s %-22s truth %d, right %d, duplicates %d, false %d %s%n",
            rule.id(),
            rule.type(),
            score.happened(),
            score.answered(),
            score.duplicates(),
            score.wrong(),
            score.answered() == score.happened() && score.duplicates() + score.wrong() == 0
                ? ""
                : "<<<");
        List<String> pairs = new Doubles(found).of(rule.id());
        pairs.forEach(pair -> System.out.println("    told twice? " + pair));
        suspects += pairs.size();
      }
    }
    labels.counts().forEach((line, truth) -> count(line, truth, found));
    labels.movements().forEach((rule, ways) -> move(rule, ways, found));
  }

  private void count(String line, long[] truth, Replay found) {
    long forward = found.count(line).forward();
    long backward = found.count(line).backward();
    add("line-count", truth[0], forward);
    add("line-count", truth[1], backward);
    System.out.printf(
        "  %-24s %-22s truth %d/%d, counted %d/%d %s%n",
        line,
        "line-count",
        truth[0],
        truth[1],
        forward,
        backward,
        truth[0] == forward && truth[1] == backward ? "" : "<<<");
  }

  private void move(String rule, Map<String, Long> ways, Replay found) {
    ways.forEach(
        (way, truth) -> {
          String[] zones = way.split(" ");
          long moved = found.moved(rule, zones[0], zones[1]);
          add("turning-movements", truth, moved);
          System.out.printf(
              "  %-24s %-22s truth %d, counted %d %s%n",
              way, "turning-movements", truth, moved, truth == moved ? "" : "<<<");
        });
  }

  private void add(String type, long truth, long counted) {
    counts
        .computeIfAbsent(type, unused -> new ArrayList<>())
        .add(new CountScore.Pair(truth, counted));
  }

  static List<Happening> happenings(double[][] times) {
    return List.of(times).stream().map(time -> new Happening(time[0], time[1])).toList();
  }

  /** How long a rule waits by its setting: no delay of the analysis. */
  static double seconds(@Nullable Object wait) {
    if (wait == null) {
      return 0;
    }
    String text = wait.toString();
    return text.endsWith("ms")
        ? Double.parseDouble(text.substring(0, text.length() - 2)) / 1000
        : Double.parseDouble(text.substring(0, text.length() - 1)) * (text.endsWith("m") ? 60 : 1);
  }
}
