package io.kydai.streaming.bench;

import ai.onnxruntime.OrtException;
import io.kydai.analytics.Analytics;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.analytics.pipeline.AnalyticsListener;
import io.kydai.analytics.pipeline.AnalyticsSettings;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.DetectorSettings;
import io.kydai.models.detection.Device;
import io.kydai.models.detection.InputSize;
import io.kydai.models.detection.Precision;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What {@code scripts/bench cameras [VIDEO …] [--cameras N] [--seconds S]} starts: how many cameras
 * one core analyses, by the processor time of a whole {@link Analytics} with cameras that send in
 * real time; in both precisions, with ten looks per second and as its tracks ask for them; and
 * beside it the way of {@link ProcessPerCamera}, in the same run.
 */
final class ManyCameras {
  private static final float TRACKERS_MIN_SCORE = 0.1f;
  private static final int MOST_PICTURES = 1500; // of a recording, which is in memory
  private static final int WARM_UP = 15; // seconds
  private static final long PAUSE = 1_000_000;
  private static final AnalyticsSettings TEN_LOOKS =
      new AnalyticsSettings(1, 1, CostTable.ANALYSED_FPS);
  private static final AnalyticsSettings ON_DEMAND =
      new AnalyticsSettings(1, 1, 1, CostTable.ANALYSED_FPS, 1);

  private final List<Path> videos;
  private final List<List<AccessUnit>> recordings = new ArrayList<>();
  private final int cameras;
  private final int seconds;

  /** What one way took, per second of one camera. */
  private record Cost(double millis, double looks, double lost) {}

  /** Counts looks, which are what the network was asked for. */
  private static final class Looks implements AnalyticsListener {
    private final AtomicLong count = new AtomicLong();

    @Override
    public void onObservation(Observation observation) {
      if (!observation.propagated()) {
        count.incrementAndGet();
      }
    }

    @Override
    public void onAlert(Alert alert, Observation observation, Frame frame) {}

    @Override
    public void onAlertWithoutPicture(Alert alert) {}
  }

  private ManyCameras(List<Path> videos, int cameras, int seconds) {
    this.videos = videos;
    this.cameras = cameras;
    this.seconds = seconds;
    for (Path video : videos) {
      List<AccessUnit> units = Recording.read(video, MOST_PICTURES);
      if (units.size() < 2 || !units.get(0).keyFrame()) {
        throw new IllegalArgumentException(video + " has no two pictures that begin with a key");
      }
      recordings.add(units);
    }
  }

  static ManyCameras of(List<String> words, Path demo) {
    List<Path> videos = new ArrayList<>();
    int cameras = 2;
    int seconds = 30;
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "--cameras" -> cameras = number(words, ++i);
        case "--seconds" -> seconds = number(words, ++i);
        default -> videos.add(Path.of(words.get(i)));
      }
    }
    return new ManyCameras(videos.isEmpty() ? List.of(demo) : videos, cameras, seconds);
  }

  static int number(List<String> words, int at) {
    String text = at < words.size() ? words.get(at) : "";
    if (!text.matches("[1-9][0-9]{0,2}")) {
      throw new IllegalArgumentException(words.get(at - 1) + " needs a number from 1 to 999");
    }
    return Integer.parseInt(text);
  }

  /** Prints the table. */
  void run() throws IOException, OrtException {
    System.out.printf("%d cameras, %d s for each way; videos: %s%n%n", cameras, seconds, videos);
    System.out.println("| way | looks per camera and second | ms of a core | cameras per core |");
    System.out.println("|---|---|---|---|");
    Cost old = row("fp32, ten looks", measure(Precision.FP32, TEN_LOOKS));
    row("int8, ten looks", measure(Precision.INT8, TEN_LOOKS));
    row("fp32, on demand", measure(Precision.FP32, ON_DEMAND));
    Cost now = row("int8, on demand", measure(Precision.INT8, ON_DEMAND));
    Optional<Double> others = processPerCamera();
    others.ifPresent(
        millis ->
            row(
                "an ffmpeg process per camera, the network in fp32, nothing else",
                new Cost(millis, CostTable.ANALYSED_FPS, 0)));
    System.out.printf(
        Locale.ROOT, "%nint8 on demand to fp32 with ten looks: %.2f", old.millis / now.millis);
    others.ifPresent(
        millis ->
            System.out.printf(Locale.ROOT, ", to a process per camera: %.2f", millis / now.millis));
    System.out.printf(
        "%nThe process's processor time, compiler and collector included, without the thread that"
            + " sends; no RTP, no wall.%n");
  }

  private static Cost row(String name, Cost cost) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %.2f%s | %.1f | %.2f |%n",
        name,
        cost.looks,
        cost.lost > 0 ? String.format(Locale.ROOT, ", and %.2f too many", cost.lost) : "",
        cost.millis,
        1000 / cost.millis);
    return cost;
  }

  private Cost measure(Precision precision, AnalyticsSettings settings) {
    DetectorSettings network =
        new DetectorSettings("default", null, Device.CPU, precision, TRACKERS_MIN_SCORE, 1);
    RepeatedRecordings source = new RepeatedRecordings(recordings, cameras);
    Looks looks = new Looks();
    try (DetectorModel model = DetectorCatalogue.load(network);
        Analytics analytics =
            new Analytics(source, model, settings, new SimpleMeterRegistry(), looks)) {
      CameraAnalysis scene = BenchScene.analysis();
      for (int n = 0; n < cameras; n++) {
        analytics.add(
            new CameraAnalysis(RepeatedRecordings.camera(n), scene.scene(), scene.rules()));
      }
      long start = System.nanoTime();
      send(source, start, WARM_UP);
      long used = CpuClock.others();
      long looked = looks.count.get();
      long lost = lost(analytics);
      send(source, start, WARM_UP + seconds);
      double each = (double) cameras * seconds;
      return new Cost(
          (CpuClock.others() - used) / 1e6 / each,
          (looks.count.get() - looked) / each,
          (lost(analytics) - lost) / each);
    }
  }

  private static void send(RepeatedRecordings source, long start, int seconds) {
    long until = seconds * 1_000_000_000L;
    for (long now = 0; now < until; now = System.nanoTime() - start) {
      source.send(now);
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Pictures that were due and found no time: with any, the cameras were too many. */
  private long lost(Analytics analytics) {
    long sum = 0;
    for (int n = 0; n < cameras; n++) {
      AnalysisStatus status = analytics.status(RepeatedRecordings.camera(n)).orElseThrow();
      sum += status.skippedBy().getOrDefault(SkipReason.BUSY, 0L);
      sum += status.skippedBy().getOrDefault(SkipReason.QUEUE_FULL, 0L);
    }
    return sum;
  }

  /** The mean over the cameras' videos, milliseconds per second of one camera. */
  private Optional<Double> processPerCamera() throws IOException, OrtException {
    InputSize input = new InputSize(640, 352);
    double sum = 0;
    try (RawNetwork network = new RawNetwork(input, Precision.FP32)) {
      for (int n = 0; n < cameras; n++) {
        Optional<Double> nanos =
            ProcessPerCamera.nanosPerPicture(
                videos.get(n % videos.size()), input, network, CostTable.ANALYSED_FPS, 200);
        if (nanos.isEmpty()) {
          return Optional.empty();
        }
        sum += nanos.get() / 1e6 * CostTable.ANALYSED_FPS;
      }
    }
    return Optional.of(sum / cameras);
  }
}
