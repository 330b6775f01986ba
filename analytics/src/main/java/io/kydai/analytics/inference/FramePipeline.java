package io.kydai.analytics.inference;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.motion.MotionField;
import io.kydai.analytics.motion.PictureMotion;
import io.kydai.analytics.motion.ViewDisplacement;
import io.kydai.analytics.motion.ViewStabiliser;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.analytics.plates.CameraPlates;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.RuleEngine;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.analytics.rules.settings.PlateFeed;
import io.kydai.analytics.signals.CameraSignals;
import io.kydai.analytics.tracking.TrackState;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Detection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens to each frame of one camera: scale, detect, track, show it to the rules, and ask
 * them. Where the camera shakes, tracker and rules have the places of the usual view ({@link
 * ViewStabiliser}), and viewers those of the picture. The frames come in order of media time, one
 * at a time; {@link #counts} and {@link #movements} may be asked by any thread.
 */
public final class FramePipeline {
  private final CameraId camera;
  private final RegionInference looks;
  private final Tracker tracker;
  private final @Nullable CameraPlates plates;
  private final CameraSignals signals;
  private final RuleEngine rules;
  private final StageTimes times;
  private final InterpolatedObservations interpolated;
  private final ViewStabiliser view = new ViewStabiliser();
  private List<Observation> between = List.of();
  private @Nullable Observation steady;
  private long lastLook = Long.MIN_VALUE;
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
    this(analysis, tracker, alertIds, times, plates, Double.MIN_VALUE);
  }

  /**
   * @param fps the rules are shown at least so many observations per second: where frames come less
   *     often, {@link InterpolatedObservations} are between them
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene
   */
  public FramePipeline(
      CameraAnalysis analysis,
      Tracker tracker,
      Supplier<AlertId> alertIds,
      StageTimes times,
      @Nullable CameraPlates plates,
      double fps) {
    this(analysis, tracker, alertIds, times, plates, fps, null);
  }

  /**
   * @param before the pipeline of the same camera that this one takes the place of, which is not
   *     used afterwards: its rules go on as {@link RuleEngine} says, its tracker is given; null
   *     where there was none
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene
   */
  public FramePipeline(
      CameraAnalysis analysis,
      Tracker tracker,
      Supplier<AlertId> alertIds,
      StageTimes times,
      @Nullable CameraPlates plates,
      double fps,
      @Nullable FramePipeline before) {
    this.interpolated = new InterpolatedObservations(fps);
    this.camera = analysis.camera();
    this.looks = new RegionInference(analysis.scene());
    this.tracker = tracker;
    this.plates = plates;
    this.signals = new CameraSignals(camera, analysis.scene(), analysis.rules());
    PlateFeed feed = plates == null ? PlateFeed.NONE : plates;
    this.rules =
        before == null
            ? new RuleEngine(camera, analysis.scene(), analysis.rules(), alertIds, signals, feed)
            : new RuleEngine(
                camera, analysis.scene(), analysis.rules(), alertIds, signals, feed, before.rules);
    this.times = times;
  }

  /** Returns the tracker, for the pipeline that takes the place of this one. */
  public Tracker tracker() {
    return tracker;
  }

  /** Returns what is on the next frame, at the places of the picture. */
  public Observation observe(Frame frame, InferenceWorker worker) {
    signals.look(frame);
    DetectionResult sighting = looks.see(frame, worker, times);
    long start = System.nanoTime();
    ViewDisplacement away = view.observe(frame);
    List<Track> tracks =
        tracker.update(
            inUsualView(sighting.detections(), away),
            sighting.looked(),
            frame.mediaTime(),
            frame.displayWidth(),
            frame.displayHeight());
    long tracked = System.nanoTime();
    times.spent(Stage.TRACK, tracked - start);
    rules.look(frame);
    lookNanos = System.nanoTime() - tracked;
    Observation inUsualView =
        new Observation(
            camera,
            frame.mediaTime(),
            frame.wallClock(),
            frame.displayWidth(),
            frame.displayHeight(),
            tracks);
    steady = inUsualView;
    lastLook = frame.mediaTime();
    between = interpolated.before(inUsualView, tracker);
    Observation observation = onPicture(inUsualView, away);
    if (plates != null) {
      plates.see(frame, observation);
    }
    return observation;
  }

  private static List<Detection> inUsualView(List<Detection> detections, ViewDisplacement away) {
    return away.isNone()
        ? detections
        : detections.stream()
            .map(one -> new Detection(one.label(), one.score(), away.toUsual(one.box())))
            .toList();
  }

  private static Observation onPicture(Observation seen, ViewDisplacement away) {
    return away.isNone()
        ? seen
        : seen.with(
            seen.tracks().stream().map(track -> track.at(away.toPicture(track.box()))).toList());
  }

  /**
   * Moves the tracks on to a picture by its motion, also to one that is looked at, before it is.
   * Pictures come in the order in which they are shown, on the thread of {@link #observe}.
   *
   * @return the tracks that were seen on the last look, at their places on this picture; for
   *     viewers, as the rules are shown the way between two looks when the second is known
   */
  public Observation passOver(PictureMotion picture) {
    long time = picture.mediaTime();
    // Where the camera shakes, the vectors are its own motion.
    MotionField field = view.active() ? MotionField.NONE : picture.field();
    tracker.propagate(field, time, picture.width(), picture.height());
    return new Observation(
        camera,
        time,
        picture.wallClock(),
        picture.width(),
        picture.height(),
        time > lastLook && lastLook != Long.MIN_VALUE
            ? tracker.between(time, picture.width(), picture.height())
            : List.of(),
        true);
  }

  /** Returns what is known of each track on a picture after the last look. */
  public List<TrackState> states(long mediaTime, int width, int height) {
    return tracker.states(mediaTime, width, height);
  }

  /**
   * What the rules find on it, and on the way from the look before: called once after each {@link
   * #observe}.
   */
  public synchronized List<Alert> alerts(Observation observation) {
    long start = System.nanoTime();
    List<Alert> found = new ArrayList<>();
    between.forEach(earlier -> found.addAll(rules.observe(earlier)));
    between = List.of();
    Observation usual = steady;
    if (usual == null || usual.mediaTime() != observation.mediaTime()) {
      usual = observation;
    }
    found.addAll(rules.observe(usual));
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

  /** Chooses who receives what each frame adds to the statistics, within {@link #alerts}. */
  public synchronized void statisticsTo(Consumer<Sample> samples) {
    rules.statisticsTo(samples);
  }

  /** What the rules have measured up to now besides their alerts. */
  public synchronized Measurements measurements() {
    return rules.measurements();
  }
}
