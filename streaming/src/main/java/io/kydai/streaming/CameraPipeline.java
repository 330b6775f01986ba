package io.kydai.streaming;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.CameraEvidence;
import io.kydai.streaming.evidence.ClipWriter;
import io.kydai.streaming.evidence.Timer;
import io.kydai.streaming.live.Lane;
import io.kydai.streaming.live.LiveStream;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of one camera in this room. What comes from the camera's event loop and from analytics
 * is handed to the camera's lane; where that is full, access units are dropped up to the next key
 * frame, counted, and logged once for each time that it happens.
 */
final class CameraStream {
  private static final Logger log = LoggerFactory.getLogger(CameraStream.class);
  private static final int OBSERVATION_BYTES = 128;
  private static final int TRACK_BYTES = 96;

  private final CameraId camera;
  private final Scene scene;
  private final CameraMeters meters;
  private final Lane lane;
  private final LiveStream live;
  private final CameraEvidence evidence;
  private boolean droppingToKeyFrame;
  private Subscription subscription = () -> {};
  private boolean ended;

  CameraStream(
      CameraId camera,
      Scene scene,
      StreamingSettings settings,
      MeterRegistry metrics,
      Executor threads,
      ClipWriter writer,
      Timer timer) {
    this.camera = camera;
    this.scene = scene;
    meters = new CameraMeters(metrics, camera);
    lane = new Lane(threads, camera.value());
    live = new LiveStream(camera, lane, meters::fragmentsDropped);
    evidence = new CameraEvidence(lane, settings, writer, timer, meters);
    meters.viewers(live::viewers);
  }

  synchronized void start(AccessUnitSource source) {
    if (!ended) {
      subscription = source.subscribe(camera, this::onAccessUnit);
    }
  }

  Scene scene() {
    return scene;
  }

  CameraMeters meters() {
    return meters;
  }

  /** On the camera's event loop. */
  private void onAccessUnit(AccessUnit unit) {
    if (droppingToKeyFrame && (unit.damaged() || !unit.keyFrame())) {
      meters.unitDropped();
      return;
    }
    boolean taken =
        lane.offer(
            unit.size(),
            () -> {
              evidence.add(unit);
              live.add(unit);
            });
    if (!taken) {
      meters.unitDropped();
      if (!droppingToKeyFrame) {
        log.warn("camera {}: streaming falls behind, drops to the next key frame", camera);
      }
    }
    droppingToKeyFrame = !taken;
  }

  void onObservation(Observation observation) {
    long bytes = OBSERVATION_BYTES + (long) TRACK_BYTES * observation.tracks().size();
    boolean taken =
        lane.offer(
            bytes,
            () -> {
              evidence.add(observation);
              live.add(observation);
            });
    if (!taken) {
      meters.observationDropped();
      log.debug("camera {}: streaming falls behind, drops an observation", camera);
    }
  }

  Optional<Subscription> watch(LiveViewer viewer) {
    return live.watch(viewer);
  }

  void cut(Alert alert, long opened) {
    evidence.cut(alert, opened);
  }

  /**
   * Ends everything; its metrics are gone when this returns.
   *
   * @return done when viewers were told and every clip went to its writer
   */
  CompletableFuture<Void> end() {
    synchronized (this) {
      ended = true;
      subscription.close();
    }
    meters.close();
    CompletableFuture<Void> done = new CompletableFuture<>();
    lane.execute(
        () -> {
          try {
            evidence.end();
            live.end();
          } finally {
            done.complete(null);
          }
        });
    return done;
  }
}
