package io.kydai.streaming.bench;

import ai.onnxruntime.OrtException;
import io.kydai.analytics.decode.DecodeException;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.ModelException;
import io.kydai.models.detection.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code scripts/bench} starts. */
final class Main {
  private static final int WARM_UP = 60;
  private static final float TRACKERS_MIN_SCORE = 0.1f;

  private Main() {}

  /** Prints the table; answers 2 to the shell when the arguments are wrong. */
  public static void main(String[] words) throws IOException, OrtException, InterruptedException {
    try {
      if (words.length > 0 && words[0].equals("cameras")) {
        Path demo = Path.of(System.getProperty("kydai.demo"));
        ManyCameras.of(List.of(words).subList(1, words.length), demo).run();
        return;
      }
      if (words.length > 0 && words[0].equals("recording")) {
        Path demo = Path.of(System.getProperty("kydai.demo"));
        RecordingCost.of(List.of(words).subList(1, words.length), demo).run();
        return;
      }
      Arguments arguments = Arguments.of(List.of(words));
      Path video = arguments.video().orElseGet(() -> Path.of(System.getProperty("kydai.demo")));
      run(video, arguments);
    } catch (IllegalArgumentException | ModelException | DecodeException e) {
      System.err.println(e.getMessage());
      System.err.println(Arguments.USAGE);
      System.exit(2);
    }
  }

  private static void run(Path video, Arguments arguments) throws IOException, OrtException {
    List<AccessUnit> units = Recording.read(video, arguments.frames() + WARM_UP);
    if (units.size() <= WARM_UP) {
      throw new IllegalArgumentException(
          video + " has " + units.size() + " frames; more than " + WARM_UP + " are needed");
    }
    DetectorSettings settings =
        new DetectorSettings(
            arguments.setting(), null, Device.CPU, arguments.precision(), TRACKERS_MIN_SCORE, 1);
    try (DetectorModel model = DetectorCatalogue.load(settings)) {
      long others = CpuClock.others();
      List<FrameCost> costs = PipelineBenchmark.run(model, arguments.precision(), units, WARM_UP);
      double othersMillis = (CpuClock.others() - others) / 1e6 / units.size();
      System.out.printf(
          "%s, %s; %s on one thread; %d frames after %d to warm up%n%n",
          video.getFileName(), units.get(0).parameters(), model.name(), costs.size(), WARM_UP);
      new CostTable(costs, processPerCamera(video, model, arguments.frames()), System.out).print();
      System.out.printf(
          Locale.ROOT,
          "The JVM's compiler and collector used %.1f ms per frame beside, warm-up included.%n",
          othersMillis);
    }
  }

  private static Optional<Double> processPerCamera(Path video, DetectorModel model, int frames)
      throws IOException, OrtException {
    try (RawNetwork network = new RawNetwork(model.inputSize(), Precision.FP32)) {
      return ProcessPerCamera.nanosPerPicture(
          video, model.inputSize(), network, CostTable.ANALYSED_FPS, frames);
    }
  }
}
