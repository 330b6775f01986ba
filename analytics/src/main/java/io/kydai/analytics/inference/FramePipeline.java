package io.kydai.analytics.inference;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.plates.CameraPlates;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.signals.CameraSignals;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens to each frame of one camera: scale, detect, track, show it to the rules, and ask
 * them. The frames come in order of media time, one at a time; {@link #counts} and {@link
 * #movements} may be asked by any thread.
 */
public final class FramePipeline {
  private final CameraId camera;
  private final RegionInference looks;
  private final Tracker tracker;
  private final @Nullable CameraPlates plates;
  private final CameraSignals signals;
  private final RuleEngine rules;
  private final StageTimes times;
  private long lookNanos;

  /**
   * @param alertIds gives an id for each new alert
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene
   */
  public FramePipeline(
      CameraAnalysis analysis, Tracker tracker, Supplier<AlertId> alertIds, StageTimes times) {
    this(analysis, tracker, alertIds, times, null);
  }

  /**
   * @param plates reads the plates of the camera's vehicles; null where none are read; closed by
   *     the caller
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene
   */
  public FramePipeline(
      CameraAnalysis analysis,
      Tracker tracker,
      Supplier<AlertId> alertIds,
      StageTimes times,
      @Nullable CameraPlates plates) {
    this.camera = analysis.camera();
    this.looks = new RegionInference(analysis.scene());
    this.tracker = tracker;
    this.plates = plates;
    this.signals = new CameraSignals(camera, analysis.scene(), analysis.rules());
    this.rules =
        new RuleEngine(
            camera,
            analysis.scene(),
            analysis.rules(),
            alertIds,
            signals,
            plates == null ? PlateFeed.NONE : plates);
    this.times = times;
  }

  /** What is on the next frame. */
  public Observation observe(Frame frame, InferenceWorker worker) {
    signals.look(frame);
    DetectionResult sighting = looks.see(frame, worker, times);
    long start = System.nanoTime();
    List<Track> tracks =
        tracker.update(
            sighting.detections(),
            sighting.looked(),
            frame.mediaTime(),
            frame.displayWidth(),
            frame.displayHeight());
    long tracked = System.nanoTime();
    times.spent(Stage.TRACK, tracked - start);
    rules.look(frame);
    lookNanos = System.nanoTime() - tracked;
    Observation observation =
        new Observation(
            camera,
            frame.mediaTime(),
            frame.wallClock(),
            frame.displayWidth(),
            frame.displayHeight(),
            tracks);
    if (plates != null) {
      plates.see(frame, observation);
    }
    return observation;
  }

  /** What the rules find on it: called once after each {@link #observe}. */
  public synchronized List<Alert> alerts(Observation observation) {
    long start = System.nanoTime();
    List<Alert> found = rules.observe(observation);
    List<Alert> alerts = plates == null ? found : plates.complete(found, observation.mediaTime());
    times.spent(Stage.RULES, lookNanos + System.nanoTime() - start);
    return alerts;
  }

  /** What the rules find while no picture comes; as {@link RuleEngine#waiting}. */
  public synchronized List<Alert> waiting(
      long lastMediaTime, Instant lastWallClock, Duration silence) {
    List<Alert> found = rules.waiting(lastMediaTime, lastWallClock, silence);
    long now = lastMediaTime + MediaTime.ticks(silence);
    return plates == null ? found : plates.complete(found, now);
  }

  /**
   * Closes what is open, because no frame will follow.
   *
   * @param mediaTime of the last frame, 1/90000 s
   */
  public synchronized List<Alert> end(long mediaTime) {
    List<Alert> found = rules.end();
    return plates == null ? found : plates.end(found, mediaTime);
  }

  /**
   * The factor by which the contrast of the network's input is stretched at the moment, because the
   * picture is hazy; 1 where it is not. Any thread.
   */
  public double contrastGain() {
    return looks.contrastGain();
  }

  /** The camera's traffic signals; any thread may read and report. */
  public CameraSignals signals() {
    return signals;
  }

  /** What the rules have measured up to now besides their alerts. */
  public synchronized Measurements measurements() {
    return rules.measurements();
  }
}
