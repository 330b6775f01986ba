package io.kydai.analytics.pipeline;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.budget.Attention;
import io.kydai.analytics.budget.Budget;
import io.kydai.analytics.budget.LookDemand;
import io.kydai.analytics.decode.CameraDecoder;
import io.kydai.analytics.decode.DecodeException;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.decode.StreamMotion;
import io.kydai.analytics.inference.FramePipeline;
import io.kydai.analytics.inference.InferenceWorker;
import io.kydai.analytics.inference.LatestFrame;
import io.kydai.analytics.inference.SkipReason;
import io.kydai.analytics.inference.Stage;
import io.kydai.analytics.motion.MotionMap;
import io.kydai.analytics.motion.PictureMotion;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.plates.CameraPlates;
import io.kydai.analytics.plates.Plates;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.scene.ZoneUse;
import io.kydai.analytics.signals.CameraSignals;
import io.kydai.analytics.tracking.Tracker;
import io.kydai.analytics.turns.TurnPool;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.MediaTime;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One camera's way through the module: queue of access units → decode turns → latest-wins slot →
 * inference turns → listener. Owns all of these.
 */
public final class AnalysedCamera implements AutoCloseable {
  /** Less is no silence: some cameras send a picture a second. */
  private static final Duration SILENT = Duration.ofMillis(1500);

  /** Boxes are moved on for viewers so long; then nobody knows where they are. */
  private static final long SHOWN_AFTER_LOOK = MediaTime.ticksOfSeconds(1);

  private final AnalysisDelivery delivery;
  private final AnalysisMetrics metrics;
  private final ThrottledFaultLog faults;
  private final @Nullable CameraPlates plates;
  private final FramePipeline pipeline;
  private final AccessUnitQueue queue = new AccessUnitQueue();
  private final LatestFrame slot;
  private final MotionQueue motions = new MotionQueue();
  private final CameraDecoder decoder;
  private final LatestAnalysedFrame latest = new LatestAnalysedFrame();
  private final RateMeter pace = new RateMeter();
  private final SignalLossTimer silence;
  private final Instant added = Instant.now();
  private final LongSupplier nanoTime;
  private final AnalysisRateControl rhythm;
  private final TurnPool<Object>.Queue decoding;
  private final TurnPool<InferenceWorker>.Queue inference;
  private final AccessUnitSource.Subscription subscription;
  private final long shownApart;
  // Of the decoding thread.
  private boolean readsVectors;
  private final StreamMotion streamMotion = new StreamMotion();
  // Of the observing thread.
  private long lastLook = Long.MIN_VALUE;
  private long lastShown = Long.MIN_VALUE;

  /**
   * @param reader reads plates for all cameras; null where none are read
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene
   */
  public AnalysedCamera(
      CameraAnalysis analysis,
      Tracker tracker,
      AnalyticsSettings settings,
      Budget budget,
      AccessUnitSource source,
      TurnPool<Object> decodePool,
      TurnPool<InferenceWorker> inferencePool,
      @Nullable Plates reader,
      MeterRegistry registry,
      LongSupplier nanoTime,
      AnalyticsListener listener) {
    this(
        analysis,
        tracker,
        settings,
        budget,
        source,
        decodePool,
        inferencePool,
        reader,
        registry,
        nanoTime,
        listener,
        null);
  }

  /**
   * @param before the same camera as it was analysed until now, which was released and whose
   *     tracker is given; null where there was none
   * @throws io.kydai.analytics.rules.settings.InvalidRuleException when a rule does not fit the
   *     scene
   */
  public AnalysedCamera(
      CameraAnalysis analysis,
      Tracker tracker,
      AnalyticsSettings settings,
      Budget budget,
      AccessUnitSource source,
      TurnPool<Object> decodePool,
      TurnPool<InferenceWorker> inferencePool,
      @Nullable Plates reader,
      MeterRegistry registry,
      LongSupplier nanoTime,
      AnalyticsListener listener,
      @Nullable AnalysedCamera before) {
    String name = analysis.camera().value();
    this.nanoTime = nanoTime;
    this.silence = new SignalLossTimer(nanoTime.getAsLong());
    this.faults = new ThrottledFaultLog(analysis.camera());
    this.metrics = new AnalysisMetrics(registry, analysis.camera());
    this.plates = reader == null ? null : reader.camera(analysis).orElse(null);
    this.delivery = new AnalysisDelivery(analysis.camera(), listener, plates, this::fault);
    try {
      this.pipeline =
          new FramePipeline(
              analysis,
              tracker,
              () -> AlertId.of(UUID.randomUUID().toString()),
              metrics,
              plates,
              settings.maxFps(),
              before == null ? null : before.pipeline);
    } catch (RuntimeException e) {
      close(plates);
      metrics.close();
      throw e;
    }
    pipeline.statisticsTo(delivery::add);
    this.slot = new LatestFrame(settings.maxFps(), reason -> metrics.skipped(reason, 1));
    this.shownApart = (long) (0.9 * MediaTime.TICKS_PER_SECOND / settings.maxFps());
    this.rhythm = new AnalysisRateControl(budget, settings, demand(analysis, plates != null));
    metrics.gauge(
        "fps", "Pictures analysed in a second", () -> pace.perSecond(nanoTime.getAsLong()));
    metrics.gauge(
        "fps.target", "Pictures in a second that the camera's share allows", rhythm.share()::fps);
    metrics.gauge("weight", "The camera's weight in the shares", rhythm::weight);
    metrics.gauge(
        "contrast.gain",
        "Factor by which contrast is stretched, 1 unless the picture is hazy",
        pipeline::contrastGain);
    this.decoder = new CameraDecoder(this::onDecoded);
    this.decoding = decodePool.queue(name, worker -> decodeNext());
    this.inference = inferencePool.queue(name, this::analyseNewest);
    inference.weigh(rhythm.weight());
    try {
      this.subscription = source.subscribe(analysis.camera(), this::onAccessUnit);
    } catch (RuntimeException e) {
      decoder.close();
      rhythm.close();
      close(plates);
      metrics.close();
      throw e;
    }
  }

  /**
   * Plates, lamps and what is far away are seen on single frames, which no track stands for: there
   * every look counts.
   */
  private static @Nullable LookDemand demand(CameraAnalysis analysis, boolean readsPlates) {
    boolean everyLookCounts =
        readsPlates
            || analysis.scene().zones().stream()
                .anyMatch(zone -> zone.use() == ZoneUse.FAR || zone.use() == ZoneUse.SIGNAL);
    return everyLookCounts ? null : new LookDemand(analysis.scene());
  }

  private static void close(@Nullable CameraPlates plates) {
    if (plates != null) {
      plates.close();
    }
  }

  private void onAccessUnit(AccessUnit unit) {
    int dropped = queue.offer(unit, nanoTime.getAsLong());
    if (dropped > 0) {
      metrics.skipped(SkipReason.QUEUE_FULL, dropped);
      silence
          .ended(); // Pictures come; that nobody has the time for them is not the camera's fault.
    }
    decoding.wake();
  }

  private boolean decodeNext() {
    Optional<AccessUnitQueue.Arrival> next = queue.poll();
    if (next.isPresent()) {
      long start = System.nanoTime();
      try {
        decoder.decode(next.get().unit(), next.get().nanos());
      } catch (DecodeException e) {
        metrics.decodeErrors.increment();
        metrics.skipped(SkipReason.DECODE_ERROR, 1);
        faults.record("decode", e.getMessage());
      }
      metrics.spent(Stage.DECODE, System.nanoTime() - start);
    }
    return !queue.isEmpty();
  }

  private void onDecoded(DecodedFrame frame) {
    metrics.decoded.increment();
    silence.ended();
    Optional<PictureMotion> motion = Optional.empty();
    try {
      MotionMap map = rhythm.motion(frame);
      if (rhythm.watch(map, frame.mediaTime())) {
        slot.wake();
      }
      motion = vectors(frame, map);
    } catch (RuntimeException e) {
      fault("motion", e);
    }
    slot.rate(rhythm.nextFps(), rhythm.idle());
    boolean looks = slot.offer(frame);
    motion.ifPresent(motions::offer);
    if (looks || motion.isPresent()) {
      inference.wake();
    }
  }

  private Optional<PictureMotion> vectors(DecodedFrame frame, MotionMap map) {
    boolean wanted = rhythm.wantsVectors();
    if (wanted != readsVectors) {
      readsVectors = wanted;
      decoder.motionVectors(wanted);
      streamMotion.restart();
      motions.restart();
    }
    return wanted
        ? Optional.of(
            new PictureMotion(
                frame.mediaTime(),
                frame.wallClock(),
                frame.displayWidth(),
                frame.displayHeight(),
                streamMotion.of(frame),
                map))
        : Optional.empty();
  }

  private boolean analyseNewest(InferenceWorker worker) {
    Optional<DecodedFrame> taken = slot.take();
    if (taken.isEmpty()) {
      passOver(Long.MAX_VALUE);
      waitOn();
    } else {
      try (DecodedFrame frame = taken.get()) {
        passOver(frame.mediaTime());
        analyse(frame, worker);
      } catch (RuntimeException e) {
        fault("analysis", e);
      }
      passOver(Long.MAX_VALUE);
    }
    return false; // A frame that came in the meantime has woken the queue.
  }

  /** Carries the tracks over the pictures up to a media time, or to the frame that waits next. */
  private void passOver(long until) {
    try {
      Optional<PictureMotion> next = motions.poll(Math.min(until, slot.waiting()));
      while (next.isPresent()) {
        passOver(next.get(), until);
        next = motions.poll(Math.min(until, slot.waiting()));
      }
    } catch (RuntimeException e) {
      fault("motion", e);
    }
  }

  private void passOver(PictureMotion picture, long nextLook) {
    long time = picture.mediaTime();
    Observation moved = pipeline.passOver(picture);
    rhythm.passedOver(picture, () -> pipeline.states(time, picture.width(), picture.height()));
    boolean due = time - lastShown >= shownApart && time - lastLook <= SHOWN_AFTER_LOOK;
    boolean looksLater = time < Math.min(nextLook, slot.waiting());
    if (!moved.tracks().isEmpty() && due && looksLater) {
      lastShown = time;
      delivery.observation(moved);
    }
  }

  /** A second has passed, by the clock that the silence began with. */
  public void beat(long now) {
    silence.beat(now);
    if (silence.length().compareTo(SILENT) >= 0) {
      inference.wake();
    }
  }

  private void waitOn() {
    Duration length = silence.length();
    if (length.compareTo(SILENT) < 0) {
      return;
    }
    try {
      boolean seen =
          latest
              .with(
                  (frame, observation) -> {
                    delivery.alerts(
                        waiting(observation.mediaTime(), observation.wallClock(), length),
                        observation,
                        frame);
                    return true;
                  })
              .isPresent();
      if (!seen) {
        delivery.alertsWithoutPicture(waiting(0, added, length));
      }
    } catch (RuntimeException e) {
      fault("rules", e);
    }
  }

  private List<Alert> waiting(long lastMediaTime, Instant lastWallClock, Duration length) {
    List<Alert> alerts = pipeline.waiting(lastMediaTime, lastWallClock, length);
    rhythm.told(alerts);
    return alerts;
  }

  private void analyse(DecodedFrame frame, InferenceWorker worker) {
    long start = nanoTime.getAsLong();
    rhythm.looks(frame.mediaTime());
    Observation observation = pipeline.observe(frame, worker);
    lastLook = frame.mediaTime();
    lastShown = lastLook;
    latest.replace(frame, observation);
    long now = nanoTime.getAsLong();
    pace.add(now, now - frame.arrivedNanos());
    metrics.latency.record(now - frame.arrivedNanos(), TimeUnit.NANOSECONDS);
    metrics.analysed.increment();
    delivery.observation(observation);
    List<Alert> alerts = pipeline.alerts(observation);
    delivery.alerts(alerts, observation, frame);
    delivery.statistics();
    rhythm.analysed(observation, alerts, nanoTime.getAsLong() - start);
    inference.weigh(rhythm.weight());
  }

  private void fault(String what, RuntimeException e) {
    metrics.analysisErrors.increment();
    faults.record(what, e);
  }

  /** What an operator wants from now on. */
  public void attend(Attention attention) {
    rhythm.attend(attention);
    inference.weigh(rhythm.weight());
  }

  public AnalysisStatus status() {
    long now = nanoTime.getAsLong();
    return new AnalysisStatus(
        pace.perSecond(now),
        rhythm.share().fps(),
        rhythm.share().limit(),
        rhythm.weight(),
        metrics.skipped(),
        pace.mean(now),
        pace.quantile(now, 0.95),
        pipeline.contrastGain(),
        faults.last().orElse(null));
  }

  public Measurements measurements() {
    return pipeline.measurements();
  }

  public CameraSignals signals() {
    return pipeline.signals();
  }

  public <T> Optional<T> withLatestFrame(BiFunction<Frame, Observation, T> reader) {
    return latest.with(reader);
  }

  /** Returns the tracker, for the analysis that takes the place of this one. */
  public Tracker tracker() {
    return pipeline.tracker();
  }

  /**
   * Waits for the turns under way, then closes all native memory, but no alert: what the rules and
   * the tracker know goes on in the analysis that takes the place of this one.
   */
  public void release() {
    stop();
    latest.close();
    rhythm.close();
    metrics.close();
  }

  private void stop() {
    subscription.close();
    queue.close();
    decoding.close();
    decoder.close();
    inference.close();
    slot.close();
    motions.clear();
    close(plates);
  }

  /** Waits for the turns under way, then closes open alerts and all native memory. */
  @Override
  public void close() {
    stop();
    boolean seen =
        latest
            .with(
                (frame, observation) -> {
                  endAlerts(frame, observation);
                  return true;
                })
            .isPresent();
    if (!seen) {
      delivery.alertsWithoutPicture(pipeline.end(0));
    }
    delivery.statistics();
    latest.close();
    rhythm.close();
    metrics.close();
  }

  private void endAlerts(Frame frame, Observation observation) {
    try {
      delivery.alerts(pipeline.end(observation.mediaTime()), observation, frame);
    } catch (RuntimeException e) {
      fault("rules", e);
    }
  }
}
