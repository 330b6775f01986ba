package io.kydai.analytics;

import io.kydai.analytics.rules.LineCounts;
import io.kydai.ingest.AccessUnitSource;
import io.kydai.ingest.CameraId;
import io.kydai.models.DetectorModel;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The room itself: decoders, the inference scheduler, trackers and rules of every camera. */
public final class Analytics implements AutoCloseable {
  /**
   * @param source where the access units come from
   * @param model the network; closed by the caller, after this
   * @param settings rates and bounds
   */
  public Analytics(
      AccessUnitSource source,
      DetectorModel model,
      AnalyticsSettings settings,
      MeterRegistry metrics,
      AnalyticsListener listener) {}

  /** Checks an analysis as {@link #add} does, and throws what it would throw. */
  public static void validate(CameraAnalysis analysis) {
    throw new UnsupportedOperationException();
  }

  /**
   * Starts to analyse a camera.
   *
   * @throws IllegalArgumentException when the camera is analysed already
   * @throws io.kydai.analytics.rules.InvalidRuleException when a rule does not fit the scene
   */
  public void add(CameraAnalysis analysis) {
    throw new UnsupportedOperationException();
  }

  /** Ends a camera's analysis; its open alerts are closed first. */
  public void remove(CameraId camera) {
    throw new UnsupportedOperationException();
  }

  public Optional<AnalysisStatus> status(CameraId camera) {
    throw new UnsupportedOperationException();
  }

  /** What crossed the camera's lines since it was added. */
  public List<LineCounts> counts(CameraId camera) {
    throw new UnsupportedOperationException();
  }

  /**
   * Lends the newest analysed frame.
   *
   * @return what the reader made of it; empty when there is no frame yet, or no such camera
   */
  public <T> Optional<T> withLatestFrame(
      CameraId camera, BiFunction<Frame, Observation, T> reader) {
    throw new UnsupportedOperationException();
  }

  /** Closes open alerts, decoders and workers, and waits for them. */
  @Override
  public void close() {}
}
