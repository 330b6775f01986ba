package io.kydai.analytics;

import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.budget.Budget;
import io.kydai.analytics.inference.InferenceWorker;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.pipeline.AnalysedCamera;
import io.kydai.analytics.pipeline.AnalysisStatus;
import io.kydai.analytics.pipeline.AnalyticsListener;
import io.kydai.analytics.pipeline.AnalyticsSettings;
import io.kydai.analytics.pipeline.Ticker;
import io.kydai.analytics.plates.PlateSettings;
import io.kydai.analytics.plates.Plates;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.analytics.tracking.ByteTracker;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.analytics.turns.TurnPool;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.DetectorModel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The module's entrance: decoders, the inference scheduler, trackers and rules of every camera.
 *
 * <p>No camera waits for another: each has its own bounded queue before the decoder and its own
 * place for one frame before the network. When there is more to do than time, each camera's frames
 * are analysed less often, by weight ({@link Budget}); where that is not enough, its newest frame
 * replaces the one that waited, and the cameras take turns, by weight again. What was skipped is
 * counted, with the reason.
 */
public final class Analytics implements AutoCloseable {
  private final AccessUnitSource source;
  private final AnalyticsSettings settings;
  private final MeterRegistry metrics;
  private final AnalyticsListener listener;
  private final Supplier<Tracker> trackers;
  private final List<InferenceWorker> workers;
  private final TurnPool<Object> decodePool;
  private final TurnPool<InferenceWorker> inferencePool;
  private final Budget budget;
  private final LongSupplier nanoTime;
  private final @Nullable Plates plates;
  private final Map<CameraId, AnalysedCamera> cameras = new HashMap<>();
  private final Ticker heartbeat;
  private final Gauge detectorInfo;
  private boolean closed;

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
      AnalyticsListener listener) {
    this(source, model, settings, null, metrics, listener);
  }

  /**
   * @param plates how vehicles' plates are read; null where none are
   */
  public Analytics(
      AccessUnitSource source,
      DetectorModel model,
      AnalyticsSettings settings,
      @Nullable PlateSettings plates,
      MeterRegistry metrics,
      AnalyticsListener listener) {
    this(
        source,
        model,
        settings,
        plates == null ? null : new Plates(plates, metrics),
        metrics,
        listener,
        ByteTracker::new,
        System::nanoTime);
  }

  public Analytics(
      AccessUnitSource source,
      DetectorModel model,
      AnalyticsSettings settings,
      @Nullable Plates plates,
      MeterRegistry metrics,
      AnalyticsListener listener,
      Supplier<Tracker> trackers,
      LongSupplier nanoTime) {
    this.source = source;
    this.settings = settings;
    this.plates = plates;
    this.metrics = metrics;
    this.listener = listener;
    this.trackers = trackers;
    this.nanoTime = nanoTime;
    this.workers = workers(model, settings.workers());
    this.budget = new Budget(settings.workers(), settings.minFps(), settings.maxFps(), nanoTime);
    this.inferencePool = new TurnPool<>("inference", workers, nanoTime);
    this.decodePool =
        new TurnPool<>("decode", Collections.nCopies(settings.decodeThreads(), new Object()));
    this.heartbeat = new Ticker(this::beat);
    // Always 1, as what it tells is in the tag: the network, its precision and its input size.
    this.detectorInfo =
        Gauge.builder("kydai.analytics.detector.info", () -> 1)
            .description(
                "Always 1; the label names the network, its precision and its input's size")
            .tag("detector", model.name())
            .register(metrics);
  }

  /** Time has passed: cameras that are silent are asked about. */
  void beat() {
    List<AnalysedCamera> all;
    synchronized (cameras) {
      all = List.copyOf(cameras.values());
    }
    long now = nanoTime.getAsLong();
    all.forEach(camera -> camera.beat(now));
  }

  private static List<InferenceWorker> workers(DetectorModel model, int count) {
    List<InferenceWorker> workers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        workers.add(new InferenceWorker(model));
      }
    } catch (RuntimeException e) {
      workers.forEach(InferenceWorker::close);
      throw e;
    }
    return List.copyOf(workers);
  }

  /** Checks an analysis as {@link #add} does, and throws what it would throw. */
  public static void validate(CameraAnalysis analysis) {
    new RuleEngine(analysis.camera(), analysis.scene(), analysis.rules(), () -> AlertId.of("none"));
  }

  /**
   * Starts to analyse a camera.
   *
   * @throws IllegalArgumentException when the camera is analysed already
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene
   */
  public void add(CameraAnalysis analysis) {
    synchronized (cameras) {
      if (closed) {
        throw new IllegalStateException("analytics is closed");
      }
      if (cameras.containsKey(analysis.camera())) {
        throw new IllegalArgumentException("camera " + analysis.camera() + " is analysed already");
      }
      cameras.put(analysis.camera(), analysed(analysis, trackers.get(), null));
    }
  }

  /**
   * Analyses a camera by another scene and other rules, after the frame that is in hand. The tracks
   * go on, and so do the rules that are the same, with their open alerts and counts; of a rule that
   * was changed, the counts go on. Frames up to the next key frame are not analysed.
   *
   * @throws IllegalArgumentException when the camera is not analysed
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene; the analysis is as before then
   * @throws IllegalStateException when called from the listener, which would wait for itself
   */
  public void replace(CameraAnalysis analysis) {
    requireOutside();
    validate(analysis);
    AnalysedCamera before =
        camera(analysis.camera())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "camera " + analysis.camera() + " is not analysed"));
    before.release();
    AnalysedCamera after = analysed(analysis, before.tracker(), before);
    boolean kept;
    synchronized (cameras) {
      kept = cameras.replace(analysis.camera(), before, after);
    }
    if (!kept) {
      after.close(); // The camera was removed meanwhile.
    }
  }

  private AnalysedCamera analysed(
      CameraAnalysis analysis, Tracker tracker, @Nullable AnalysedCamera before) {
    return new AnalysedCamera(
        analysis,
        tracker,
        settings,
        budget,
        source,
        decodePool,
        inferencePool,
        plates,
        metrics,
        nanoTime,
        listener,
        before);
  }

  /** Sets how closely a camera is looked at from now on; what it knows stays. */
  public void attend(CameraId camera, Attention attention) {
    camera(camera).ifPresent(analysed -> analysed.attend(attention));
  }

  /**
   * Ends a camera's analysis, after the frame that is in hand; its open alerts are closed first.
   *
   * @throws IllegalStateException when called from the listener, which would wait for itself
   */
  public void remove(CameraId camera) {
    requireOutside();
    AnalysedCamera removed;
    synchronized (cameras) {
      removed = cameras.remove(camera);
    }
    if (removed != null) {
      removed.close();
    }
  }

  private void requireOutside() {
    if (inferencePool.inTurn() || decodePool.inTurn()) {
      throw new IllegalStateException("the listener must not end what calls it");
    }
  }

  /** Returns whether every thread is alive. */
  public boolean isAlive() {
    return heartbeat.isAlive() && decodePool.isAlive() && inferencePool.isAlive();
  }

  public Optional<AnalysisStatus> status(CameraId camera) {
    return camera(camera).map(AnalysedCamera::status);
  }

  /** What the camera's rules have measured since it was added; nothing for an unknown camera. */
  public Measurements measurements(CameraId camera) {
    return camera(camera).map(AnalysedCamera::measurements).orElse(Measurements.NONE);
  }

  /** What is known of the camera's traffic signals, in the order of their names. */
  public List<SignalState> signals(CameraId camera, Instant now) {
    return camera(camera).map(analysed -> analysed.signals().states(now)).orElse(List.of());
  }

  /**
   * Takes a controller's word of a signal.
   *
   * @return whether the camera has such a signal
   * @throws IllegalArgumentException when a newer state was reported
   */
  public boolean tell(CameraId camera, String signal, ControllerMessage word) {
    return camera(camera).map(analysed -> analysed.signals().tell(signal, word)).orElse(false);
  }

  /**
   * Lends the newest analysed frame.
   *
   * @return what the reader made of it; empty when there is no frame yet, or no such camera
   */
  public <T> Optional<T> withLatestFrame(
      CameraId camera, BiFunction<Frame, Observation, T> reader) {
    return camera(camera).flatMap(analysed -> analysed.withLatestFrame(reader));
  }

  private Optional<AnalysedCamera> camera(CameraId camera) {
    synchronized (cameras) {
      return Optional.ofNullable(cameras.get(camera));
    }
  }

  /**
   * Closes open alerts, decoders and workers, and waits for them.
   *
   * @throws IllegalStateException when called from the listener, which would wait for itself
   */
  @Override
  public void close() {
    requireOutside();
    List<AnalysedCamera> all;
    synchronized (cameras) {
      if (closed) {
        return;
      }
      closed = true;
      all = List.copyOf(cameras.values());
      cameras.clear();
    }
    heartbeat.close();
    all.forEach(AnalysedCamera::close);
    decodePool.close();
    inferencePool.close();
    metrics.remove(detectorInfo);
    workers.forEach(InferenceWorker::close);
    if (plates != null) {
      plates.close();
    }
  }
}
