package io.kydai.analytics.events;

import io.kydai.analytics.evaluation.AlertScore;
import io.kydai.analytics.evaluation.CountScore;
import io.kydai.analytics.mot.MotData;
import io.kydai.analytics.mot.MotScore;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.ingest.SharedData;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How right counts, alerts and tracks are when fewer pictures are looked at, and where looks go as
 * {@link io.kydai.analytics.budget.LookDemand} asks for them, with and without the motion in the
 * stream or, in its place, optical flow: {@code scripts/evaluate looks CACHE [CLIP …] [--precision
 * P] [--starts N] [--demand] [--encoded plain|b-pictures|low-rate|h265|mjpeg]}. Detections come
 * from {@link RecordingCache}, at every picture, also of a clip that is encoded otherwise. Each way
 * is played N times (3), the first look being at another picture, and figures are the means.
 */
public final class LooksPerSecond {
  private static final double[] RATES = {10, 5, 3, 2, 1};
  private static final double SLACK = 1; // seconds
  private static final Map<String, String> MOT =
      Map.of("pets", "PETS09-S2L1", "campus-people", "TUD-Campus");

  private record Clip(String id, Labels labels, LookReplay replay) {}

  private record Row(double rate, LookReplay.Carrier carrier, boolean demand) {
    @Override
    public String toString() {
      String name = carrier.name().toLowerCase(Locale.ROOT);
      return demand ? name + ", demand" : String.format(Locale.ROOT, "%s, %.0f", name, rate);
    }
  }

  /** What one play of one clip gave. */
  private record Score(
      double seconds, int looks, CountScore counts, AlertScore alerts, Optional<Tracks> tracks) {
    Score plus(Score other) {
      return new Score(
          seconds + other.seconds,
          looks + other.looks,
          new CountScore(
              counts.truth() + other.counts.truth(),
              counts.counted() + other.counts.counted(),
              counts.error() + other.counts.error()),
          alerts.plus(other.alerts),
          tracks);
    }
  }

  /** MOTA, IDF1 and jitter in hundredths, and switches, on every picture; IDF1 on the looks. */
  private record Tracks(double mota, double idf1, double switches, double jitter, double atLooks) {}

  private LooksPerSecond() {}

  public static void main(String[] arguments) throws IOException {
    Path cache = Path.of(arguments[0]);
    List<String> names = new ArrayList<>();
    Precision precision = Precision.INT8;
    Optional<Encoding> encoding = Optional.empty();
    int starts = 3;
    List<Row> rows = rows();
    for (int i = 1; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--precision" ->
            precision = Precision.valueOf(arguments[++i].toUpperCase(Locale.ROOT));
        case "--encoded" -> encoding = Optional.of(Encoding.of(arguments[++i]));
        case "--starts" -> starts = Integer.parseInt(arguments[++i]);
        case "--demand" -> rows.removeIf(row -> !row.demand() && row.rate() < LookReplay.MOST);
        default -> names.add(arguments[i]);
      }
    }
    List<Clip> clips = new ArrayList<>();
    try (RecordingCache recordings =
        new RecordingCache(cache, "default", null, precision, true, true)) {
      for (String name : names.isEmpty() ? Labels.ALL : names) {
        clips.add(clip(name, recordings, encoding, cache));
      }
    }
    print(clips, rows, starts);
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (double rate : RATES) {
      for (LookReplay.Carrier carrier : LookReplay.Carrier.values()) {
        rows.add(new Row(rate, carrier, false));
      }
    }
    for (LookReplay.Carrier carrier : LookReplay.Carrier.values()) {
      rows.add(new Row(LookReplay.MOST, carrier, true));
    }
    return rows;
  }

  private static Clip clip(
      String name, RecordingCache recordings, Optional<Encoding> encoding, Path cache)
      throws IOException {
    Labels labels = Labels.read(name);
    Path file = SharedData.assumeThere(labels.clip());
    int finest = name.equals("one-by-one") || name.equals("cars-from-above") ? 2 : 1;
    Recording seen;
    if (encoding.isPresent()) {
      seen = recordings.of(name, labels, finest, encoding.get());
      file = encoding.get().of(name, file, cache);
    } else {
      seen = recordings.of(name, labels, finest, Optional.<Degraded>empty());
    }
    return new Clip(
        name, labels, new LookReplay(labels, ShownPicture.of(file, labels.until()), seen));
  }

  private static void print(List<Clip> clips, List<Row> rows, int starts) {
    Map<Row, Map<Clip, List<Score>>> scores = new LinkedHashMap<>();
    for (Row row : rows) {
      Map<Clip, List<Score>> ofRow = new LinkedHashMap<>();
      for (Clip clip : clips) {
        List<Score> plays = new ArrayList<>();
        for (int start = 0; start < starts; start++) {
          plays.add(play(clip, row, start));
        }
        ofRow.put(clip, plays);
      }
      scores.put(row, ofRow);
      System.err.println(row);
    }
    for (Clip clip : clips) {
      table(clip.id, scores, List.of(clip), starts);
    }
    table("all", scores, clips, starts);
    table(
        "the clips that tracker or rules were tuned on",
        scores,
        clips.stream().filter(clip -> clip.labels.tuned()).toList(),
        starts);
    table(
        "the others", scores, clips.stream().filter(clip -> !clip.labels.tuned()).toList(), starts);
  }

  private static Score play(Clip clip, Row row, int start) {
    LookReplay.Outcome outcome =
        clip.replay.play(new LookReplay.Way(row.rate(), row.carrier(), row.demand(), start));
    return new Score(
        clip.replay.seconds(),
        outcome.looks(),
        counts(clip.labels, outcome.found()),
        alerts(clip.labels, outcome.found()),
        Optional.ofNullable(MOT.get(clip.id)).map(sequence -> tracks(sequence, outcome)));
  }

  private static Tracks tracks(String sequence, LookReplay.Outcome outcome) {
    SortedMap<Integer, List<MotData.Entry>> truth =
        MotData.read(SharedData.assumeThere("mot/MOT15/" + sequence + "/gt.txt"));
    MotScore all = outcome.everywhere().score(truth);
    MotScore looks = outcome.atLooks().score(truth);
    return new Tracks(
        100 * all.clear().mota(),
        100 * all.identity().idf1(),
        all.clear().switches(),
        100 * outcome.everywhere().jitter(),
        100 * looks.identity().idf1());
  }

  private static CountScore counts(Labels labels, Replay found) {
    List<CountScore.Pair> pairs = new ArrayList<>();
    labels
        .counts()
        .forEach(
            (line, truth) -> {
              pairs.add(new CountScore.Pair(truth[0], found.count(line).forward()));
              pairs.add(new CountScore.Pair(truth[1], found.count(line).backward()));
            });
    labels
        .movements()
        .forEach(
            (rule, ways) ->
                ways.forEach(
                    (way, truth) -> {
                      String[] zones = way.split(" ");
                      pairs.add(new CountScore.Pair(truth, found.moved(rule, zones[0], zones[1])));
                    }));
    return CountScore.of(pairs);
  }

  private static AlertScore alerts(Labels labels, Replay found) {
    AlertScore sum = new AlertScore(0, 0, 0, 0, List.of());
    for (RuleSpec rule : labels.specs()) {
      double[][] happened = labels.alerts().get(rule.id());
      if (happened != null) {
        AlertScore alerts =
            AlertScore.of(Footage.happenings(happened), found.told(rule.id()), SLACK);
        sum = sum.plus(alerts.later(-Footage.seconds(rule.settings().get("for"))));
      }
    }
    return sum;
  }

  private static void table(
      String name, Map<Row, Map<Clip, List<Score>>> scores, List<Clip> clips, int starts) {
    if (clips.isEmpty()) {
      return;
    }
    System.out.printf(
        "%s%n%-16s %5s %12s %17s %6s %6s %14s  %s%n",
        name,
        "way",
        "looks",
        "count error",
        "alerts right",
        "twice",
        "false",
        "delay, worst",
        "tracks, every picture: MOTA IDF1 switches jitter; IDF1 on the looks");
    scores.forEach(
        (row, ofRow) -> {
          List<Score> plays = new ArrayList<>();
          for (int start = 0; start < starts; start++) {
            int play = start;
            plays.add(
                clips.stream()
                    .map(clip -> ofRow.getOrDefault(clip, List.of()).get(play))
                    .reduce(Score::plus)
                    .orElseThrow());
          }
          System.out.println(line(row, plays, of(clips, ofRow)));
        });
  }

  /** The tracks of each clip of which the truth is known. */
  private static String of(List<Clip> clips, Map<Clip, List<Score>> scores) {
    return clips.stream()
        .filter(clip -> MOT.containsKey(clip.id))
        .map(
            clip -> {
              List<Score> plays = scores.getOrDefault(clip, List.of());
              return String.format(
                  Locale.ROOT,
                  "%s %.1f %.1f %.0f %.1f; %.1f",
                  MOT.get(clip.id),
                  mean(plays, score -> score.tracks().orElseThrow().mota()),
                  mean(plays, score -> score.tracks().orElseThrow().idf1()),
                  mean(plays, score -> score.tracks().orElseThrow().switches()),
                  mean(plays, score -> score.tracks().orElseThrow().jitter()),
                  mean(plays, score -> score.tracks().orElseThrow().atLooks()));
            })
        .collect(Collectors.joining("  "));
  }

  private static String line(Row row, List<Score> plays, String tracks) {
    AlertScore together = plays.stream().map(Score::alerts).reduce(AlertScore::plus).orElseThrow();
    double[] delays = together.delays().stream().mapToDouble(d -> d).sorted().toArray();
    return String.format(
        Locale.ROOT,
        "%-16s %5.2f %5.1f of %4d %6.1f of %4d %5.1f %6.1f %6.1f %6.1f s  %s",
        row,
        mean(plays, score -> score.looks() / score.seconds()),
        mean(plays, score -> score.counts().error()),
        plays.get(0).counts().truth(),
        mean(plays, score -> score.alerts().answered()),
        plays.get(0).alerts().happened(),
        mean(plays, score -> score.alerts().duplicates()),
        mean(plays, score -> score.alerts().wrong()),
        delays.length == 0 ? 0 : delays[delays.length / 2],
        delays.length == 0 ? 0 : delays[delays.length - 1],
        tracks);
  }

  private static double mean(List<Score> plays, ToDoubleFunction<Score> figure) {
    return plays.stream().mapToDouble(figure).average().orElseThrow();
  }
}
