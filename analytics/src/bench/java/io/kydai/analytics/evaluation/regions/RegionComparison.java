package io.kydai.analytics.evaluation.regions;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.mot.MotPairs;
import io.kydai.analytics.mot.MotScore;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.InputSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What each way to look at a clip finds for the same inferences. Time goes in slots, in each of
 * which one inference at the setting's input is paid for; ways that pay two at once look at every
 * second one, and all are measured on the frames of these.
 */
public final class RegionComparison {
  private static final double ALL = Double.MAX_VALUE;
  private static final double PRECISION = 0.8;

  /**
   * @param input the setting's
   * @param twice one of twice its pixels
   */
  private record Setting(InputSize input, InputSize twice) {}

  private static final Map<String, Setting> SETTINGS =
      Map.of(
          "light", new Setting(new InputSize(448, 256), new InputSize(640, 352)),
          "default", new Setting(new InputSize(640, 352), new InputSize(896, 512)),
          "quality", new Setting(new InputSize(768, 448), new InputSize(1088, 640)));

  private RegionComparison() {}

  /**
   * A row for each way.
   *
   * @param folder for what the networks saw, so that it need not be asked again
   */
  public static String table(String clipName, String settingName, Path folder) throws IOException {
    Clip clip = Clip.of(clipName);
    Setting setting = SETTINGS.get(settingName);
    if (setting == null) {
      throw new IllegalArgumentException("the settings are " + SETTINGS.keySet());
    }
    List<Run> runs = new ArrayList<>();
    try (Seen small = new Seen(folder, clipName, setting.input());
        Seen large = new Seen(folder, clipName, setting.twice())) {
      runs.add(new Run("whole, every slot", Run.Way.WHOLE, 1, small, 1));
      runs.add(new Run("whole, every 2nd", Run.Way.WHOLE, 2, small, 1));
      runs.add(new Run("twice the pixels, every 2nd", Run.Way.WHOLE, 2, large, 1));
      runs.add(new Run("whole + close, every 2nd", Run.Way.WHOLE_AND_CLOSE, 2, small, 1));
      runs.add(new Run("same, upper half far", Run.Way.WHOLE_AND_CLOSE, 2, small, 0.5));
      runs.add(new Run("whole, close in turn", Run.Way.IN_TURN, 1, small, 1));
      watch(clip, runs);
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s, %s: %d frames with truth, %d objects. Sides in pixels (objects): AP50 | recall of"
                + " tracks%n",
            clipName,
            setting.input(),
            runs.get(0).tracks().size(),
            runs.get(0).found().truths(0, ALL)));
    runs.forEach(run -> text.append(row(clip, run)));
    return text.toString();
  }

  private static void watch(Clip clip, List<Run> runs) {
    List<String> groups =
        clip.truth().values().stream()
            .flatMap(List::stream)
            .filter(truth -> !truth.ignored())
            .map(Truth::group)
            .distinct()
            .toList();
    MotionMeter meter = new MotionMeter();
    int number = 0;
    try (VideoFile file = VideoFile.open(clip.video())) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          int slot = number / clip.every();
          if (number++ % clip.every() == 0) {
            MotionMap motion = meter.observe(frame);
            List<Truth> truth = clip.truth().getOrDefault(number, List.of());
            boolean counts = slot % 2 == 0 && clip.truth().containsKey(number);
            for (Run run : runs) {
              if (run.looksAt(slot)) {
                run.look(number, frame, motion, truth, groups, counts);
              }
            }
          }
        }
        next = file.next();
      }
    }
  }

  private static String row(Clip clip, Run run) {
    Precision found = run.found();
    Precision tracked = run.tracked();
    float score = found.scoreAt(PRECISION);
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "%-28s %4d inferences, AP50 %4.1f, recall at precision %.1f %4.1f; tracks: precision"
                + " %4.1f, recall %4.1f;",
            run.name(),
            run.inferences(),
            100 * found.averagePrecision(0, ALL),
            PRECISION,
            100 * found.recall(score, 0, ALL),
            100 * tracked.precision(0),
            100 * tracked.recall(0, 0, ALL)));
    for (int i = 0; i + 1 < Precision.SIDES.length; i++) {
      double from = Precision.SIDES[i];
      double to = Precision.SIDES[i + 1];
      if (found.truths(from, to) > 0) {
        text.append(
            format(
                "  from %.0f (%d): %4.1f | %4.1f",
                from,
                found.truths(from, to),
                100 * found.averagePrecision(from, to),
                100 * tracked.recall(0, from, to)));
      }
    }
    if (clip.ids()) {
      MotScore score15 = score(clip, run);
      text.append(
          format(
              "  MOTA %4.1f, IDF1 %4.1f",
              100 * score15.clear().mota(), 100 * score15.identity().idf1()));
    }
    return text.append('\n').toString();
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }

  private static MotScore score(Clip clip, Run run) {
    SortedMap<Integer, List<MotData.Entry>> truth = new TreeMap<>();
    for (int frame : run.tracks().keySet()) {
      truth.put(frame, clip.truth().get(frame).stream().map(RegionComparison::entry).toList());
    }
    return MotScore.of(truth, run.tracks(), MotPairs.Rules.MOT15);
  }

  private static MotData.Entry entry(Truth truth) {
    Box box = truth.box();
    return new MotData.Entry(truth.id(), box.left(), box.top(), box.width(), box.height(), 1, 1);
  }
}
