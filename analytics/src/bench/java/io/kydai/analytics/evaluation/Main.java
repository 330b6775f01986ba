package io.kydai.analytics.evaluation;

import io.kydai.analytics.evaluation.AlertScore.Told;
import io.kydai.analytics.evaluation.regions.RegionComparison;
import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.mot.MotPairs;
import io.kydai.analytics.mot.MotScore;
import io.kydai.analytics.mot.MotSequence;
import io.kydai.analytics.mot.TrackerComparison;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opentest4j.TestAbortedException;

/** {@code scripts/evaluate}: prints the field's own measures. */
public final class Main {
  private static final String USAGE =
      """
      scripts/evaluate mot TRUTH.txt RESULTS.txt [mot17]   tracks, MOT-Challenge text
      scripts/evaluate trackers [EVERY_NTH]                SORT and Kydai on shared/data/mot
      scripts/evaluate counts EVENTS.json COUNTS.json      what crossed each line
      scripts/evaluate alerts EVENTS.json ALERTS.json [SLACK_SECONDS]
      scripts/evaluate footage [CLIP …] [OPTIONS]          every rule on the labelled clips
      scripts/evaluate lanes DRAWN.json LANES.json ASPECT  suggested lanes; ASPECT is width/height
      scripts/evaluate coco [light|default|quality]        the detector on shared/data/coco
      scripts/evaluate regions CLIP [SETTING]              closer looks: minutes; CLIP is pets, tud,
                                                           highway, junction or plaza
      EVENTS.json: {"alerts": {"RULE": [[START, END], …]}, "counts": {"LINE": [FORWARD, BACKWARD]}},
      in seconds; the other files are what scripts/analyze writes.""";

  private Main() {}

  public static void main(String[] arguments) {
    try {
      System.out.print(run(List.of(arguments)));
    } catch (UncheckedIOException e) {
      fail(e.getCause());
    } catch (IOException | IllegalArgumentException | TestAbortedException e) {
      fail(e);
    }
  }

  private static void fail(Exception e) {
    boolean missing = e instanceof NoSuchFileException;
    System.err.println(missing ? "there is no file " + e.getMessage() : e.getMessage());
    System.exit(1);
  }

  static String run(List<String> arguments) throws IOException {
    String what = arguments.isEmpty() ? "" : arguments.get(0);
    int given = arguments.size() - 1;
    if (what.equals("mot") && (given == 2 || given == 3 && arguments.get(3).equals("mot17"))) {
      MotPairs.Rules rules = given == 3 ? MotPairs.Rules.MOT17 : MotPairs.Rules.MOT15;
      Path results = Path.of(arguments.get(2));
      MotScore score =
          MotScore.of(MotData.read(Path.of(arguments.get(1))), MotData.read(results), rules);
      return MotScore.header() + score.row(results.getFileName().toString());
    }
    if (what.equals("trackers") && given <= 1) {
      int every = given == 1 ? Integer.parseInt(arguments.get(1)) : 1;
      return TrackerComparison.table(MotSequence.NAMES, frame -> frame % every == 0);
    }
    if (what.equals("counts") && given == 2) {
      return counts(
          EventList.read(Path.of(arguments.get(1))).counts(),
          EventList.counted(Path.of(arguments.get(2))));
    }
    if (what.equals("alerts") && (given == 2 || given == 3)) {
      return alerts(
          EventList.read(Path.of(arguments.get(1))),
          EventList.told(Path.of(arguments.get(2))),
          given == 3 ? Double.parseDouble(arguments.get(3)) : 1);
    }
    if (what.equals("regions") && (given == 1 || given == 2)) {
      Path seen = Path.of(System.getProperty("java.io.tmpdir"), "kydai-evaluate-regions");
      return RegionComparison.table(
          arguments.get(1), given == 2 ? arguments.get(2) : "default", seen);
    }
    if (what.equals("lanes") && given == 3) {
      return lanes(
          Path.of(arguments.get(1)),
          Path.of(arguments.get(2)),
          Double.parseDouble(arguments.get(3)));
    }
    throw new IllegalArgumentException(USAGE);
  }

  private static String lanes(Path drawn, Path found, double aspect) throws IOException {
    StringBuilder text = new StringBuilder();
    for (LaneScore lane : LaneScore.of(Files.readString(drawn), Files.readString(found), aspect)) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-20s %-8s IoU %.2f, of the suggested %.2f within, direction off by %.0f°%n",
              lane.drawn(),
              lane.suggested().isEmpty() ? "none" : lane.suggested(),
              lane.iou(),
              lane.within(),
              lane.angle()));
    }
    return text.toString();
  }

  private static String counts(Map<String, long[]> truth, Map<String, long[]> counted) {
    StringBuilder text = new StringBuilder();
    List<CountScore.Pair> all = new ArrayList<>();
    for (Map.Entry<String, long[]> line : new TreeMap<>(truth).entrySet()) {
      long[] found = counted.getOrDefault(line.getKey(), new long[2]);
      for (int direction = 0; direction < 2; direction++) {
        all.add(new CountScore.Pair(line.getValue()[direction], found[direction]));
      }
      text.append(
          String.format(
              "%-20s truth %s, counted %s%n",
              line.getKey(), Arrays.toString(line.getValue()), Arrays.toString(found)));
    }
    return text.append(String.format("%-20s %s%n", "all", CountScore.of(all))).toString();
  }

  private static String alerts(EventList events, Map<String, List<Told>> told, double slack) {
    StringBuilder text = new StringBuilder(AlertScore.header());
    AlertScore all = new AlertScore(0, 0, 0, 0, List.of());
    TreeSet<String> rules = new TreeSet<>(events.alerts().keySet());
    rules.addAll(told.keySet());
    for (String rule : rules) {
      AlertScore score =
          AlertScore.of(
              events.alerts().getOrDefault(rule, List.of()),
              told.getOrDefault(rule, List.of()),
              slack);
      all = all.plus(score);
      text.append(score.row(rule));
    }
    return text.append(all.row("all")).toString();
  }
}
