package io.kydai.analytics.events;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.budget.LookDemand;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.MotionVectors;
import io.kydai.analytics.evaluation.AlertScore;
import io.kydai.analytics.evaluation.AlertScore.Happening;
import io.kydai.analytics.evaluation.CountScore;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.inference.InterpolatedObservations;
import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.mot.MotPairs;
import io.kydai.analytics.mot.MotScore;
import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.MotionMeter;
import io.kydai.analytics.motion.OpticalFlow;
import io.kydai.analytics.motion.UnexplainedMotion;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.TrackState;
import io.kydai.ingest.SharedData;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How right tracks, counts and alerts are at 10, 5, 3, 2 and 1 looks per second, and where looks go
 * as {@link LookDemand} asks for them, with and without the motion in the stream or, in its place,
 * optical flow: {@code scripts/evaluate looks CACHE [CLIP …] [--precision P] [--as FOLDER |
 * --encoded plain|b-pictures|low-rate]}. Detections come from {@link RecordingCache}, at every
 * picture; vectors from the clip's own stream or, where a folder has a {@code CLIP.mp4}, from that,
 * which is the same clip encoded otherwise, or from an {@link Encoding}, which is kept beside the
 * detections. Where tracks are known it also prints MOTA, IDF1 and identity switches, on the looks
 * and on every picture.
 */
public final class LooksPerSecond {
  private static final double[] RATES = {10, 5, 3, 2, 1};
  private static final double MOST = 10;
  private static final int HALF_A_PICTURE = 1800; // ticks
  private static final Map<String, String> MOT =
      Map.of("pets", "PETS09-S2L1", "campus-people", "TUD-Campus");

  /** What tells where tracks move between looks. */
  private enum Carrier {
    NONE,
    VECTORS,
    FLOW
  }

  /**
   * What moves boxes from look to look, whether the rules are shown the way between two looks, and
   * whether looks come as {@link LookDemand} asks for them.
   */
  private enum Way {
    KALMAN(Carrier.NONE, false, false),
    VECTORS(Carrier.VECTORS, false, false),
    FLOW(Carrier.FLOW, false, false),
    KALMAN_BETWEEN(Carrier.NONE, true, false),
    VECTORS_BETWEEN(Carrier.VECTORS, true, false),
    FLOW_BETWEEN(Carrier.FLOW, true, false),
    KALMAN_DEMAND(Carrier.NONE, true, true),
    VECTORS_DEMAND(Carrier.VECTORS, true, true),
    FLOW_DEMAND(Carrier.FLOW, true, true);

    private final Carrier carrier;
    private final boolean between;
    private final boolean demand;

    Way(Carrier carrier, boolean between, boolean demand) {
      this.carrier = carrier;
      this.between = between;
      this.demand = demand;
    }
  }

  private record Shown(long mediaTime, MotionField vectors, MotionField flow, MotionMap map) {
    MotionField field(Carrier carrier) {
      return carrier == Carrier.VECTORS ? vectors : flow;
    }
  }

  private record Clip(String id, Labels labels, List<Shown> shown, Recording seen) {}

  /** Sums over clips. */
  private static final class Sum {
    private int looks;
    private double seconds;
    private final List<CountScore.Pair> counts = new ArrayList<>();
    private AlertScore alerts = new AlertScore(0, 0, 0, 0, List.of());
  }

  /** When to look: on a grid, as the live slot has it, or at the demanded distance. */
  private static final class Looks {
    private final double most;
    private final @Nullable LookDemand demand;
    private final UnexplainedMotion unexplained = new UnexplainedMotion();
    private double next = Double.NEGATIVE_INFINITY;
    private long last = Long.MIN_VALUE / 2;

    Looks(double most, @Nullable Scene scene) {
      this.most = most;
      this.demand = scene == null ? null : new LookDemand(scene);
    }

    boolean due(Shown picture, List<TrackState> states) {
      if (demand == null) {
        return picture.mediaTime() >= next - 1;
      }
      List<Box> boxes = states.stream().map(TrackState::box).toList();
      boolean appears = unexplained.appears(picture.map(), boxes, picture.mediaTime());
      double fps = Math.min(most, demand.fps(states, appears));
      return picture.mediaTime() - last >= 90_000 / fps - HALF_A_PICTURE;
    }

    void looked(long time) {
      unexplained.looked(time);
      last = time;
      next = Math.max(next, time - 90_000 / most) + 90_000 / most;
    }
  }

  private LooksPerSecond() {}

  public static void main(String[] arguments) throws IOException {
    Path cache = Path.of(arguments[0]);
    List<String> names = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
    Optional<Path> other = Optional.empty();
    int as = names.indexOf("--as");
    if (as >= 0) {
      other = Optional.of(Path.of(names.get(as + 1)));
      names.subList(as, as + 2).clear();
    }
    Optional<Encoding> encoding = Optional.empty();
    int encoded = names.indexOf("--encoded");
    if (encoded >= 0) {
      encoding = Optional.of(Encoding.of(names.get(encoded + 1)));
      names.subList(encoded, encoded + 2).clear();
    }
    Precision precision = Precision.FP32;
    int asked = names.indexOf("--precision");
    if (asked >= 0) {
      precision = Precision.valueOf(names.get(asked + 1).toUpperCase(Locale.ROOT));
      names.subList(asked, asked + 2).clear();
    }
    List<Clip> clips = new ArrayList<>();
    try (RecordingCache recordings =
        new RecordingCache(cache, "default", null, precision, true, true)) {
      for (String name : names.isEmpty() ? Labels.ALL : names) {
        Labels labels = Labels.read(name);
        Path file = SharedData.assumeThere(labels.clip());
        int finest = name.equals("one-by-one") || name.equals("cars-from-above") ? 2 : 1;
        List<Shown> shown = shown(file, labels);
        Path namesake = other.map(folder -> folder.resolve(name + ".mp4")).orElse(file);
        if (encoding.isPresent()) {
          namesake = encoding.get().of(name, file, cache);
        }
        if (!namesake.equals(file) && Files.exists(namesake)) {
          shown = with(shown, shown(namesake, labels));
        }
        clips.add(
            new Clip(name, labels, shown, recordings.of(name, labels, finest, Optional.empty())));
      }
    }
    for (Clip clip : clips) {
      System.out.printf("%s%n", clip.id);
      table(List.of(clip));
    }
    System.out.println("all");
    table(clips);
    System.out.println("the clips that tracker or rules were tuned on");
    table(clips.stream().filter(clip -> clip.labels.tuned()).toList());
    System.out.println("the others");
    table(clips.stream().filter(clip -> !clip.labels.tuned()).toList());
  }

  private static List<Shown> with(List<Shown> times, List<Shown> fields) {
    List<Shown> both = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      both.add(
          new Shown(
              times.get(i).mediaTime(),
              i < fields.size() ? fields.get(i).vectors() : MotionField.NONE,
              times.get(i).flow(),
              times.get(i).map()));
    }
    return both;
  }

  private static List<Shown> shown(Path clip, Labels labels) {
    MotionMeter meter = new MotionMeter();
    OpticalFlow flow = new OpticalFlow();
    List<Shown> shown = new ArrayList<>();
    try (VideoFile file = VideoFile.open(clip, true)) {
      Optional<DecodedFrame> next = file.next();
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          if (frame.mediaTime() > labels.until() * 90_000) {
            break;
          }
          shown.add(
              new Shown(
                  frame.mediaTime(),
                  MotionVectors.of(frame.picture()),
                  flow.of(frame),
                  meter.observe(frame)));
        }
        next = file.next();
      }
    }
    return shown;
  }

  private static void table(List<Clip> clips) {
    System.out.printf(
        "%5s %4s %-16s %18s %22s %16s %16s%n",
        "most",
        "mean",
        "way",
        "counted",
        "alerts",
        "looks: MOTA IDF1 switches jitter",
        "all: the same");
    for (double rate : RATES) {
      for (Way way : Way.values()) {
        if (!way.demand || rate == MOST) {
          row(clips, rate, way);
        }
      }
    }
  }

  private static void row(List<Clip> clips, double rate, Way way) {
    Sum sum = new Sum();
    StringBuilder mot = new StringBuilder();
    for (Clip clip : clips) {
      mot.append(play(clip, rate, way, sum));
    }
    CountScore count = CountScore.of(sum.counts);
    System.out.printf(
        Locale.ROOT,
        "%5.0f %4.1f %-16s %4d of %4d err %3d  right %3d of %3d dup %d false %d  %s%n",
        rate,
        sum.looks / sum.seconds,
        way,
        count.counted(),
        count.truth(),
        count.error(),
        sum.alerts.answered(),
        sum.alerts.happened(),
        sum.alerts.duplicates(),
        sum.alerts.wrong(),
        mot);
  }

  private static String play(Clip clip, double rate, Way way, Sum sum) {
    CameraId camera = new CameraId("clip");
    int[] ids = {0};
    RuleEngine engine =
        new RuleEngine(
            camera, clip.labels.scene(), clip.labels.specs(), () -> AlertId.of("a" + ++ids[0]));
    ByteTracker tracker = new ByteTracker();
    Map<Long, Recording.Picture> seen = new HashMap<>();
    clip.seen.pictures().forEach(picture -> seen.put(picture.mediaTime(), picture));
    int width = clip.seen.pictures().get(0).width();
    int height = clip.seen.pictures().get(0).height();
    List<Alert> alerts = new ArrayList<>();
    Map<AlertId, Long> openedAt = new LinkedHashMap<>();
    List<Observation> observed = new ArrayList<>();
    SortedMap<Integer, List<MotData.Entry>> atLooks = new TreeMap<>();
    SortedMap<Integer, List<MotData.Entry>> everywhere = new TreeMap<>();
    InterpolatedObservations interpolated = new InterpolatedObservations(MOST);
    int shownToRules = 0;
    Looks looks = new Looks(rate, way.demand ? clip.labels.scene() : null);
    int number = 0;
    for (Shown picture : clip.shown) {
      number++;
      long time = picture.mediaTime();
      if (way.carrier != Carrier.NONE) {
        tracker.propagate(picture.field(way.carrier), time, width, height);
      }
      if (time < clip.labels.from() * 90_000) {
        continue;
      }
      Recording.Picture looked = seen.get(time);
      boolean due = looks.due(picture, tracker.states(time, width, height));
      if (looked == null || !due) {
        everywhere.put(number, entries(tracker.between(time, width, height), width, height));
        continue;
      }
      looks.looked(time);
      sum.looks++;
      List<Track> tracks = tracker.update(looked.detections(), time, width, height);
      atLooks.put(number, entries(tracks, width, height));
      everywhere.put(number, entries(tracks, width, height));
      Observation observation =
          new Observation(camera, time, Instant.EPOCH.plusMillis(time / 90), width, height, tracks);
      if (way.between) {
        observed.addAll(interpolated.before(observation, tracker));
      }
      observed.add(observation);
      for (Observation one : observed.subList(shownToRules, observed.size())) {
        for (Alert alert : engine.observe(one)) {
          alerts.add(alert);
          openedAt.putIfAbsent(alert.id(), time);
        }
      }
      shownToRules = observed.size();
    }
    sum.seconds += clip.seen.pictures().get(clip.seen.pictures().size() - 1).mediaTime() / 90_000.0;
    sum.seconds -= clip.labels.from();
    long last = clip.shown.get(clip.shown.size() - 1).mediaTime();
    for (Alert alert : engine.end()) {
      alerts.add(alert);
      openedAt.putIfAbsent(alert.id(), last);
    }
    score(
        clip.labels,
        new Replay(
            alerts,
            engine.measurements().lines(),
            engine.measurements().movements(),
            openedAt,
            observed),
        sum);
    return MOT.containsKey(clip.id) ? tracks(clip, atLooks) + tracks(clip, everywhere) : "";
  }

  private static String tracks(Clip clip, SortedMap<Integer, List<MotData.Entry>> found) {
    SortedMap<Integer, List<MotData.Entry>> truth =
        MotData.read(SharedData.assumeThere("mot/MOT15/" + MOT.get(clip.id) + "/gt.txt"));
    SortedMap<Integer, List<MotData.Entry>> asked = new TreeMap<>();
    found.keySet().forEach(frame -> asked.put(frame, truth.getOrDefault(frame, List.of())));
    MotScore score = MotScore.of(asked, found, MotPairs.Rules.MOT15);
    return String.format(
        Locale.ROOT,
        "%7.1f %5.1f %3d %5.2f",
        100 * score.clear().mota(),
        100 * score.identity().idf1(),
        score.clear().switches(),
        100 * jitter(found));
  }

  /**
   * The mean of how far a box's middle is on each picture from the middle between its places on the
   * picture before and the one after, as a part of its height.
   */
  private static double jitter(SortedMap<Integer, List<MotData.Entry>> found) {
    double sum = 0;
    int count = 0;
    for (int number : found.keySet()) {
      for (MotData.Entry now : found.get(number)) {
        Optional<MotData.Entry> before = find(found, number - 1, now.id());
        Optional<MotData.Entry> after = find(found, number + 1, now.id());
        if (before.isPresent() && after.isPresent()) {
          double x = middleX(now) - (middleX(before.get()) + middleX(after.get())) / 2;
          double y = middleY(now) - (middleY(before.get()) + middleY(after.get())) / 2;
          sum += Math.hypot(x, y) / now.height();
          count++;
        }
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  private static Optional<MotData.Entry> find(
      SortedMap<Integer, List<MotData.Entry>> found, int number, int id) {
    return found.getOrDefault(number, List.of()).stream().filter(e -> e.id() == id).findFirst();
  }

  private static double middleX(MotData.Entry entry) {
    return entry.left() + entry.width() / 2;
  }

  private static double middleY(MotData.Entry entry) {
    return entry.top() + entry.height() / 2;
  }

  private static List<MotData.Entry> entries(List<Track> tracks, int width, int height) {
    List<MotData.Entry> entries = new ArrayList<>();
    for (Track track : tracks) {
      Box box = track.box();
      if (track.seen() && track.label().equals("person")) {
        entries.add(
            new MotData.Entry(
                (int) track.id(),
                box.left() * width,
                box.top() * height,
                box.width() * width,
                box.height() * height,
                track.score(),
                1));
      }
    }
    return entries;
  }

  private static void score(Labels labels, Replay found, Sum sum) {
    for (RuleSpec rule : labels.specs()) {
      double[][] happened = labels.alerts().get(rule.id());
      if (happened != null) {
        List<Happening> happenings =
            List.of(happened).stream().map(time -> new Happening(time[0], time[1])).toList();
        sum.alerts = sum.alerts.plus(AlertScore.of(happenings, found.told(rule.id()), 1));
      }
    }
    labels
        .counts()
        .forEach(
            (line, truth) -> {
              sum.counts.add(new CountScore.Pair(truth[0], found.count(line).forward()));
              sum.counts.add(new CountScore.Pair(truth[1], found.count(line).backward()));
            });
    labels
        .movements()
        .forEach(
            (rule, ways) ->
                ways.forEach(
                    (way, truth) -> {
                      String[] zones = way.split(" ");
                      sum.counts.add(
                          new CountScore.Pair(truth, found.moved(rule, zones[0], zones[1])));
                    }));
  }
}
