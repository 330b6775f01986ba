package io.kydai.analytics.bench;

import io.kydai.analytics.CameraAnalysis;
import io.kydai.analytics.Observation;
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
      Map<Stage, Long> nanos = new EnumMap<>(Stage.class);
      int analysed = pipeline(video, frames, model, nanos);
      double decode = RawLibraries.decode(video, WARM_UP, analysed);
      double inference =
          RawLibraries.infer(video, model.inputSize(), threads, Math.min(analysed, 100));
      print(System.out, model.name(), analysed, nanos, decode, inference);
    }
  }

  /** Adds up each stage's time after warming up; answers how many frames that was. */
  private static int pipeline(Path video, int frames, DetectorModel model, Map<Stage, Long> nanos) {
    int[] done = {0};
    FramePipeline pipeline =
        new FramePipeline(
            scene(),
            new ByteTracker(),
            () -> "alert",
            (stage, spent) -> add(nanos, done[0], stage, spent));
    try (VideoFile file = VideoFile.open(video);
        InferenceWorker worker = new InferenceWorker(model)) {
      while (done[0] < frames + WARM_UP) {
        long start = System.nanoTime();
        Optional<DecodedFrame> next = file.next();
        if (next.isEmpty()) {
          break;
        }
        add(nanos, done[0], Stage.DECODE, System.nanoTime() - start);
        try (DecodedFrame frame = next.get()) {
          Observation observation = pipeline.observe(frame, worker);
          pipeline.alerts(observation);
        }
        done[0]++;
      }
    }
    return Math.max(1, done[0] - WARM_UP);
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

  private static void print(
      PrintStream out,
      String model,
      int frames,
      Map<Stage, Long> nanos,
      double rawDecode,
      double rawInference) {
    out.printf("%s, %d frames%n%n", model, frames);
    out.println("| stage | ms per frame | raw library, ms | ratio |");
    out.println("|---|---|---|---|");
    double sum = 0;
    for (Stage stage : Stage.values()) {
      double millis = nanos.getOrDefault(stage, 0L) / 1e6 / frames;
      sum += millis;
      double raw =
          switch (stage) {
            case DECODE -> rawDecode;
            case INFERENCE -> rawInference;
            default -> 0;
          };
      if (raw > 0) {
        out.printf("| %s | %.3f | %.3f | %.2f |%n", stage.label(), millis, raw, millis / raw);
      } else {
        out.printf("| %s | %.3f | | |%n", stage.label(), millis);
      }
    }
    double raw = rawDecode + rawInference;
    out.printf("| sum | %.3f | %.3f | %.2f |%n", sum, raw, sum / raw);
  }
}
