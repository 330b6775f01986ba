package io.kydai.streaming;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.AudioFrame;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.evidence.CameraEvidence;
import io.kydai.streaming.evidence.ClipTimer;
import io.kydai.streaming.evidence.ClipWriter;
import io.kydai.streaming.evidence.EvidenceSettings;
import io.kydai.streaming.live.LiveStream;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.privacy.TranscodePlaces;
import io.kydai.streaming.privacy.TranscodedStream;
import io.kydai.streaming.privacy.TranscodedStream.Purpose;
import io.kydai.streaming.recording.CameraRecording;
import io.kydai.streaming.recording.PlannedRecorder;
import io.kydai.streaming.recording.Recordings;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.rendition.SecondStream;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera's live stream, recording and evidence. What comes from the camera's event loop and
 * from analytics is handed to the camera's executor; where that is full, access units are dropped
 * up to the next key frame, counted, and logged once for each time that it happens.
 */
final class CameraPipeline {
  private static final Logger LOG = LoggerFactory.getLogger(CameraPipeline.class);
  private static final int OBSERVATION_BYTES = 128;
  private static final int TRACK_BYTES = 96;

  private final CameraId camera;
  private volatile Scene scene;
  private final StreamingMetrics meters;
  private final SerialExecutor executor;
  private final LiveStream live;
  private final CameraEvidence evidence;
  private boolean droppingToKeyFrame;
  private Subscription subscription = () -> {};
  private final HeardFrames heard;
  private Subscription hearing = () -> {};
  private boolean isHeard;
  private boolean ended;
  private volatile @Nullable SecondStream second;
  private final TranscodedStream masked;
  private final TranscodedStream transcoded;

  private final StreamRecording recording;
  private volatile @Nullable StreamRecording secondRecording;

  /** Belongs to the executor. */
  private boolean isSoundWanted;

  CameraPipeline(
      CameraId camera,
      Scene scene,
      EvidenceSettings settings,
      MeterRegistry metrics,
      Executor threads,
      ClipWriter writer,
      ClipTimer timer,
      AccessUnitSource source,
      TranscodePlaces places) {
    this.camera = camera;
    heard = new HeardFrames(camera);
    this.scene = scene;
    meters = new StreamingMetrics(metrics, camera);
    executor = new SerialExecutor("camera " + camera, threads);
    recording = new StreamRecording(executor, PlannedRecorder::onAlert);
    live = new LiveStream(camera, executor, meters::fragmentsDropped);
    evidence = new CameraEvidence(executor, settings, writer, timer, meters);
    masked =
        new TranscodedStream(
            camera, Purpose.MASKS, source, threads, places, timer::after, meters.masked());
    transcoded =
        new TranscodedStream(
            camera, Purpose.CODEC, source, threads, places, timer::after, meters.transcoded());
    meters.viewers(this::viewers);
    meters.maskedStream(masked::isEncoded);
    meters.transcodedStream(transcoded::isEncoded);
    meters.secondStream(this::isSecondReceived);
  }

  synchronized void start(AccessUnitSource source) {
    if (!ended) {
      subscription = source.subscribe(camera, this::onAccessUnit);
    }
  }

  private int viewers() {
    SecondStream stream = second;
    return live.viewers()
        + (stream == null ? 0 : stream.viewers())
        + masked.viewers()
        + transcoded.viewers();
  }

  private boolean isSecondReceived() {
    SecondStream stream = second;
    return stream != null && stream.isReceived();
  }

  /**
   * Gives the camera another second stream, or none; those who watch the one before are told its
   * end, and it is recorded no more.
   */
  synchronized void second(@Nullable SecondStream other) {
    SecondStream before = second;
    StreamRecording its = secondRecording;
    second = ended ? null : other;
    secondRecording =
        ended || other == null
            ? null
            : new StreamRecording(other.executor(), PlannedRecorder::onAlertOfOther);
    if (before != null) {
      before.end();
    }
    if (its != null) {
      its.end();
    }
  }

  /** The stream for those from whom something is hidden. */
  TranscodedStream masked() {
    return masked;
  }

  /** The stream for those who cannot play the camera's codec. */
  TranscodedStream transcoded() {
    return transcoded;
  }

  Scene scene() {
    return scene;
  }

  void scene(Scene other) {
    scene = other;
  }

  StreamingMetrics meters() {
    return meters;
  }

  /** Hands an access unit over. Called on the camera's event loop. */
  private void onAccessUnit(AccessUnit unit) {
    SecondStream stream = second;
    if (stream != null) {
      stream.analysed(unit);
    }
    List<AudioFrame> sound = heard.take();
    if (droppingToKeyFrame && (unit.damaged() || !unit.keyFrame())) {
      meters.unitDropped();
      return;
    }
    boolean taken =
        executor.offer(
            unit.size() + HeardFrames.bytes(sound),
            () -> {
              record(unit, sound);
              evidence.add(unit);
              live.add(unit);
            });
    if (!taken) {
      meters.unitDropped();
      if (!droppingToKeyFrame) {
        LOG.warn("camera {}: streaming falls behind, drops to the next key frame", camera);
      }
    }
    droppingToKeyFrame = !taken;
  }

  private void record(AccessUnit unit, List<AudioFrame> sound) {
    if (isSoundWanted) {
      sound.forEach(frame -> recording.with(recorder -> recorder.add(frame)));
    }
    recording.add(unit);
  }

  /**
   * Begins or ends the recording of the camera's streams, or goes on by another plan without a
   * break.
   *
   * @param wanted null to record nothing
   */
  synchronized void record(
      Recordings recordings, @Nullable CameraRecording wanted, AccessUnitSource source) {
    if (ended) {
      return;
    }
    StreamRole role = wanted == null ? null : wanted.analysed();
    hear(wanted != null && role != null && wanted.audio(), source);
    follow(recording, recordings, wanted, role);
    SecondStream stream = second;
    StreamRecording beside = secondRecording;
    if (stream != null && beside != null) {
      StreamRole other = wanted == null ? null : wanted.second();
      follow(beside, recordings, wanted, other);
      stream.record(other == null ? null : beside::add);
    }
  }

  private void follow(
      StreamRecording its,
      Recordings recordings,
      @Nullable CameraRecording wanted,
      @Nullable StreamRole role) {
    if (wanted == null || role == null) {
      its.end();
    } else {
      its.follow(recordings, new RecordedStream(camera, role), wanted.plan());
    }
  }

  private void hear(boolean audio, AccessUnitSource source) {
    if (audio == isHeard) {
      return;
    }
    isHeard = audio;
    if (audio) {
      hearing = source.subscribeAudio(camera, heard::add);
    } else {
      hearing.close();
    }
    executor.execute(() -> want(audio));
  }

  /** Sound that is on its way when nobody wants it any more is not recorded. */
  private void want(boolean audio) {
    isSoundWanted = audio;
    if (!audio) {
      recording.with(PlannedRecorder::withoutSound);
    }
  }

  /** Records around an alert, where that is the plan. */
  void onAlert(Alert alert) {
    recording.onAlert(alert);
    StreamRecording beside = secondRecording;
    if (beside != null) {
      beside.onAlert(alert);
    }
  }

  void onObservation(Observation observation) {
    long bytes = OBSERVATION_BYTES + (long) TRACK_BYTES * observation.tracks().size();
    masked.observe(observation);
    transcoded.observe(observation);
    boolean taken =
        executor.offer(
            bytes,
            () -> {
              if (!observation.propagated()) {
                evidence.add(observation); // which shows what was detected
              }
              live.add(observation);
              SecondStream stream = second;
              if (stream != null) {
                stream.observe(observation);
              }
            });
    if (!taken) {
      meters.observationDropped();
      LOG.debug("camera {}: streaming falls behind, drops an observation", camera);
    }
  }

  Optional<Subscription> watch(LiveSubscriber subscriber) {
    return live.watch(subscriber);
  }

  /** Sends the stream that is not analysed; where the camera has one only, that. */
  Optional<Subscription> watchSecond(LiveSubscriber subscriber) {
    SecondStream stream = second;
    return stream == null ? live.watch(subscriber) : stream.watch(subscriber);
  }

  void cut(Alert alert, long opened) {
    evidence.cut(alert, opened);
  }

  /**
   * Ends everything; its metrics are gone when this returns.
   *
   * @return done when subscribers were told and every clip went to its writer
   */
  CompletableFuture<Void> end() {
    synchronized (this) {
      ended = true;
      subscription.close();
      hearing.close();
      recording.end();
    }
    SecondStream beside = second;
    second(null);
    masked.end();
    transcoded.end();
    meters.close();
    CompletableFuture<Void> done = new CompletableFuture<>();
    executor.execute(
        () -> {
          try {
            evidence.end();
            live.end();
          } finally {
            done.complete(null);
          }
        });
    CompletableFuture<Void> besideToo = new CompletableFuture<>();
    if (beside == null) {
      besideToo.complete(null);
    } else {
      beside.executor().execute(() -> besideToo.complete(null));
    }
    return CompletableFuture.allOf(done, besideToo);
  }
}
