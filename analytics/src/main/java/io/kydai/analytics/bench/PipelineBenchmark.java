package io.kydai.analytics.bench;

import io.kydai.analytics.CameraAnalysis;
import io.kydai.analytics.Point;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.file.VideoFile;
import io.kydai.analytics.inference.FramePipeline;
import io.kydai.analytics.inference.InferenceWorker;
import io.kydai.analytics.inference.Stage;
import io.kydai.analytics.rules.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.ingest.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.DetectorModel;
import io.kydai.models.DetectorSettings;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Prints each step's cost per frame of one clip, and beside it the same work by libavcodec and ONNX
 * Runtime alone, in the same run: the ratios hold on other machines, the times do not.
 */
public final class PipelineBenchmark {
  private static final int WARM_UP = 10;

  private PipelineBenchmark() {}

  /**
   * @param arguments the clip; then, where wanted, how many frames (200), the detector's name
   *     (default), and threads of one inference (1)
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 1) {
      System.err.println("usage: PipelineBenchmark VIDEO [FRAMES [DETECTOR [THREADS]]]");
      System.exit(2);
    }
    Path video = Path.of(arguments[0]);
    int frames = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    String detector = arguments.length > 2 ? arguments[2] : "default";
    int threads = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
    try (DetectorModel model =
        DetectorCatalogue.load(new DetectorSettings(detector, 0.1f, threads))) {
      Costs costs = measure(video, frames, threads, model);
      print(System.out, model.name(), costs);
    }
  }

  /** Nanoseconds after warming up, summed over the frames. */
  private static final class Costs {
    private final Map<Stage, Long> ours = new EnumMap<>(Stage.class);
    private final Map<Stage, Long> raw = new EnumMap<>(Stage.class);
    private int frames;
  }

  /** Each frame goes through all three in turn, so that what disturbs one disturbs all. */
  private static Costs measure(Path video, int frames, int threads, DetectorModel model)
      throws Exception {
    Costs costs = new Costs();
    int[] done = {0};
    FramePipeline pipeline =
        new FramePipeline(
            scene(),
            new ByteTracker(),
            () -> "alert",
            (stage, spent) -> add(costs.ours, done[0], stage, spent));
    try (VideoFile file = VideoFile.open(video);
        InferenceWorker worker = new InferenceWorker(model);
        RawDecoder rawDecoder = new RawDecoder(video);
        RawNetwork rawNetwork = new RawNetwork(model.inputSize(), threads)) {
      while (done[0] < frames + WARM_UP) {
        long start = System.nanoTime();
        Optional<DecodedFrame> next = file.next();
        long decoded = System.nanoTime();
        if (next.isEmpty()) {
          break;
        }
        add(costs.ours, done[0], Stage.DECODE, decoded - start);
        rawDecoder.next();
        add(costs.raw, done[0], Stage.DECODE, System.nanoTime() - decoded);
        try (DecodedFrame frame = next.get()) {
          pipeline.alerts(pipeline.observe(frame, worker));
          add(costs.raw, done[0], Stage.INFERENCE, rawNetwork.run(frame));
        }
        done[0]++;
      }
    }
    costs.frames = Math.max(1, done[0] - WARM_UP);
    return costs;
  }

  private static void add(Map<Stage, Long> nanos, int frame, Stage stage, long spent) {
    if (frame >= WARM_UP) {
      nanos.merge(stage, spent, Long::sum);
    }
  }

  private static CameraAnalysis scene() {
    return new CameraAnalysis(
        new CameraId("bench"),
        new Scene(
            List.of(new Line("line", new Point(0.5, 0), new Point(0.5, 1))),
            List.of(
                new Zone("zone", List.of(new Point(0, 0), new Point(1, 0), new Point(0.5, 1))))),
        List.of(
            new RuleSpec("count", "line-count", Map.of("line", "line")),
            new RuleSpec("crowd", "crowding", Map.of("zone", "zone", "people", 5, "for", "3s"))));
  }

  private static void print(PrintStream out, String model, Costs costs) {
    out.printf("%s, %d frames%n%n", model, costs.frames);
    out.println("| stage | ms per frame | raw library, ms | ratio |");
    out.println("|---|---|---|---|");
    for (Stage stage : Stage.values()) {
      row(out, stage.label(), costs.ours.get(stage), costs.raw.get(stage), costs.frames);
    }
    row(out, "sum", sum(costs.ours), sum(costs.raw), costs.frames);
  }

  private static Long sum(Map<Stage, Long> nanos) {
    return nanos.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void row(PrintStream out, String name, Long ours, Long raw, int frames) {
    double millis = ours == null ? 0 : ours / 1e6 / frames;
    if (raw == null || raw == 0) {
      out.printf(Locale.ROOT, "| %s | %.3f | | |%n", name, millis);
    } else {
      double rawMillis = raw / 1e6 / frames;
      out.printf(
          Locale.ROOT,
          "| %s | %.3f | %.3f | %.2f |%n",
          name,
          millis,
          rawMillis,
          millis / rawMillis);
    }
  }
}
