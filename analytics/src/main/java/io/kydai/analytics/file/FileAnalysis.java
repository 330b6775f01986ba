package io.kydai.analytics.file;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.inference.FramePipeline;
import io.kydai.analytics.inference.InferenceWorker;
import io.kydai.analytics.inference.Stage;
import io.kydai.analytics.inference.StageTimes;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.plates.CameraPlates;
import io.kydai.analytics.plates.PlateSettings;
import io.kydai.analytics.plates.Plates;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.models.detection.DetectorModel;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs a camera's pipeline over a video file: every frame, in order, on media time, on the caller's
 * thread. The wall clock is the epoch plus media time, and alerts are numbered from 1, so that the
 * same file gives the same results each time.
 */
public final class FileAnalysis {
  /** Hears of each frame, on the analysing thread; what it throws ends the analysis. */
  public interface Listener {
    /**
     * A frame was analysed.
     *
     * @param number counts frames from 1
     * @param frame borrowed until the call returns
     * @param alerts what the rules found on this frame
     */
    void onFrame(long number, Frame frame, Observation observation, List<Alert> alerts);

    /**
     * How far it is, after each frame.
     *
     * @param total how many frames there are; null where the file does not declare it
     */
    default void onProgress(long done, @Nullable Long total) {}
  }

  private FileAnalysis() {}

  /**
   * Analyses a file to its end.
   *
   * @throws io.kydai.analytics.decode.DecodeException when the file cannot be read
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene
   * @throws io.kydai.models.detection.ModelException when the network fails
   */
  public static FileSummary run(
      Path video, CameraAnalysis analysis, DetectorModel model, Listener listener) {
    return run(video, analysis, model, listener, StageTimes.NONE);
  }

  /** The same, and measures how long each step took. */
  public static FileSummary run(
      Path video,
      CameraAnalysis analysis,
      DetectorModel model,
      Listener listener,
      StageTimes times) {
    return run(video, analysis, model, null, listener, times);
  }

  /**
   * The same, and reads vehicles' plates where rules have a use for them: at once, so that the same
   * file gives the same plates each time.
   *
   * @param plates how plates are read; null where none are
   */
  public static FileSummary run(
      Path video,
      CameraAnalysis analysis,
      DetectorModel model,
      @Nullable PlateSettings plates,
      Listener listener,
      StageTimes times) {
    CameraPlates reading =
        plates == null
            ? null
            : Plates.onCallersThread(analysis, plates, new SimpleMeterRegistry()).orElse(null);
    try {
      return run(video, analysis, model, reading, listener, times, new AtomicLong());
    } finally {
      if (reading != null) {
        reading.close();
      }
    }
  }

  private static FileSummary run(
      Path video,
      CameraAnalysis analysis,
      DetectorModel model,
      @Nullable CameraPlates plates,
      Listener listener,
      StageTimes times,
      AtomicLong lastId) {
    FramePipeline pipeline =
        new FramePipeline(
            analysis,
            new ByteTracker(),
            () -> AlertId.of(Long.toString(lastId.incrementAndGet())),
            times,
            plates);
    AlertLog alerts = new AlertLog();
    long frames = 0;
    long mediaTime = 0;
    try (VideoFile file = VideoFile.open(video);
        InferenceWorker worker = new InferenceWorker(model)) {
      Long total = file.estimatedFrames().orElse(null);
      Optional<DecodedFrame> next = next(file, times);
      while (next.isPresent()) {
        try (DecodedFrame frame = next.get()) {
          frames++;
          mediaTime = frame.mediaTime();
          Observation observation = pipeline.observe(frame, worker);
          List<Alert> found = pipeline.alerts(observation);
          alerts.add(found, mediaTime);
          listener.onFrame(frames, frame, observation, found);
        }
        listener.onProgress(frames, total);
        next = next(file, times);
      }
      alerts.add(pipeline.end(mediaTime), mediaTime);
      return new FileSummary(
          frames, file.damaged(), mediaTime, alerts.alerts(), pipeline.measurements());
    }
  }

  private static Optional<DecodedFrame> next(VideoFile file, StageTimes times) {
    long start = System.nanoTime();
    Optional<DecodedFrame> next = file.next();
    times.spent(Stage.DECODE, System.nanoTime() - start);
    return next;
  }
}
