package io.kydai.analytics.mot;

import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.StartScores;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.analytics.tracking.TrackerSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** SORT and our tracker on the same public detections, in one run. */
public final class TrackerComparison {
  /**
   * For these detections: their scores run from 0.5, and those below 0.9 are wrong more often than
   * right. The same for all sequences.
   */
  static final TrackerSettings SETTINGS =
      new TrackerSettings(
          0.9f, 0.5f, StartScores.all(0.9f), 2, Duration.ofSeconds(3), Duration.ofMillis(300));

  private static final Map<String, Supplier<Tracker>> TRACKERS = new LinkedHashMap<>();

  static {
    TRACKERS.put("SORT", Sort::new);
    TRACKERS.put("SORT 0.9", TrackerComparison::choosySort);
    TRACKERS.put("Kydai", () -> new ByteTracker(SETTINGS));
  }

  private TrackerComparison() {}

  /** SORT that is told what the scores are worth: it sees the high ones only. */
  private static Tracker choosySort() {
    Sort sort = new Sort();
    return (detections, mediaTime, width, height) ->
        sort.update(
            detections.stream().filter(found -> found.score() >= SETTINGS.highScore()).toList(),
            mediaTime,
            width,
            height);
  }

  /** A line for each sequence and tracker, then the means over the sequences. */
  public static String table(List<String> sequences, IntPredicate analysed) {
    StringBuilder table = new StringBuilder(MotScore.header());
    Map<String, List<MotScore>> all = new LinkedHashMap<>();
    for (String name : sequences) {
      MotSequence sequence = MotSequence.read(name);
      TRACKERS.forEach(
          (tracker, made) -> {
            MotScore score = sequence.score(made.get(), analysed);
            all.computeIfAbsent(tracker, first -> new ArrayList<>()).add(score);
            table.append(score.row(name + " " + tracker));
          });
    }
    all.forEach((tracker, scores) -> table.append(MotScore.meanRow("mean " + tracker, scores)));
    return table.toString();
  }
}
