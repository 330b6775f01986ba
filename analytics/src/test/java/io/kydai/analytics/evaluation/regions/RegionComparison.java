package io.kydai.analytics.evaluation.regions;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.mot.MotPairs;
import io.kydai.analytics.mot.MotScore;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.models.InputSize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code scripts/evaluate regions CLIP [SETTING]}. */
public final class RegionComparison {
  private static final Map<String, InputSize> SETTINGS =
      Map.of(
          "light", new InputSize(448, 256),
          "default", new InputSize(640, 352),
          "quality", new InputSize(768, 448));
  // Twice the pixels of each.
  private static final Map<String, InputSize> TWICE =
      Map.of(
          "light", new InputSize(640, 352),
          "default", new InputSize(896, 512),
          "quality", new InputSize(1088, 640));

  private RegionComparison() {}

  public static void main(String[] args) throws IOException {
    System.out.print(table(args[0], args[1], Path.of(args[2])));
  }

  static String table(String name, String setting, Path folder) throws IOException {
    Clip clip = Clip.of(name);
    List<Run> runs = new ArrayList<>();
    try (Seen small = new Seen(folder, name, SETTINGS.get(setting));
        Seen large = new Seen(folder, name, TWICE.get(setting))) {
      runs.add(new Run("whole, every slot", Run.Way.WHOLE, 1, small, 0, 1));
      runs.add(new Run("whole, every 2nd", Run.Way.WHOLE, 2, small, 0, 1));
      runs.add(new Run("twice the pixels, every 2nd", Run.Way.WHOLE, 2, large, 0, 1));
      runs.add(new Run("whole + close, every 2nd", Run.Way.WHOLE_AND_CLOSE, 2, small, 0, 1));
      runs.add(new Run("same, upper half far", Run.Way.WHOLE_AND_CLOSE, 2, small, 0, 0.5));
      runs.add(new Run("whole, close in turn", Run.Way.IN_TURN, 1, small, 0, 1));
      watch(clip, runs);
      System.err.println(name + " " + setting + ": " + small.asked() + " + " + large.asked());
    }
    StringBuilder text = new StringBuilder();
    text.append(String.format("%s %s, %d frames%n", name, setting, runs.get(0).tracks().size()));
    for (Run run : runs) {
      text.append(row(clip, run));
    }
    return text.toString();
  }

  private static void watch(Clip clip, List<Run> runs) {
    List<String> groups =
        clip.truth().values().stream()
            .flatMap(List::stream)
            .filter(t -> !t.ignored())
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
            boolean counts = slot % 2 == 0 && clip.truth().containsKey(number);
            for (Run run : runs) {
              if (run.looksAt(slot)) {
                run.look(
                    number,
                    frame,
                    motion,
                    clip.truth().getOrDefault(number, List.of()),
                    groups,
                    counts);
              }
            }
          }
        }
        next = file.next();
      }
    }
  }

  private static String row(Clip clip, Run run) {
    StringBuilder text = new StringBuilder();
    Precision found = run.found();
    double all = Double.MAX_VALUE;
    float at = found.scoreAt(0.8);
    text.append(
        String.format(
            Locale.ROOT,
            "%-28s inf %5d | AP50 %5.1f | r@p.8 %5.1f (s %.2f)",
            run.name(),
            run.inferences(),
            100 * found.averagePrecision(0, all),
            100 * found.recall(at, 0, all),
            at));
    for (int i = 0; i + 1 < Precision.SIDES.length; i++) {
      double from = Precision.SIDES[i];
      double to = Precision.SIDES[i + 1];
      if (found.truths(from, to) > 0) {
        text.append(
            String.format(
                Locale.ROOT,
                "  >=%.0f(%d) AP %4.1f r %4.1f",
                from,
                found.truths(from, to),
                100 * found.averagePrecision(from, to),
                100 * found.recall(at, from, to)));
      }
    }
    text.append(
        String.format(
            Locale.ROOT,
            " | tracks: p %4.1f r %4.1f",
            100 * run.tracked().precision(0),
            100 * run.tracked().recall(0, 0, all)));
    for (int i = 0; i + 1 < Precision.SIDES.length; i++) {
      double from = Precision.SIDES[i];
      double to = Precision.SIDES[i + 1];
      if (found.truths(from, to) > 0) {
        text.append(
            String.format(
                Locale.ROOT, "  >=%.0f %4.1f", from, 100 * run.tracked().recall(0, from, to)));
      }
    }
    if (clip.ids()) {
      MotScore score = score(clip, run);
      text.append(
          String.format(
              Locale.ROOT,
              " | MOTA %5.1f IDF1 %5.1f",
              100 * score.clear().mota(),
              100 * score.identity().idf1()));
    }
    return text.append('\n').toString();
  }

  private static MotScore score(Clip clip, Run run) {
    SortedMap<Integer, List<MotData.Entry>> truth = new TreeMap<>();
    run.tracks()
        .keySet()
        .forEach(
            frame ->
                truth.put(
                    frame,
                    clip.truth().get(frame).stream()
                        .map(
                            t ->
                                new MotData.Entry(
                                    t.id(),
                                    t.box().left(),
                                    t.box().top(),
                                    t.box().width(),
                                    t.box().height(),
                                    1,
                                    1))
                        .toList()));
    return MotScore.of(truth, run.tracks(), MotPairs.Rules.MOT15);
  }
}
