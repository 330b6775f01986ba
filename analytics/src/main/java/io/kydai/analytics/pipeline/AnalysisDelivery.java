package io.kydai.analytics.pipeline;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.plates.CameraPlates;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.ingest.source.CameraId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes one camera's observations, alerts and statistics to the listener, on the calling thread.
 * An exception of the listener is recorded as a fault and keeps nothing else from it.
 */
final class AnalysisDelivery {
  private static final String LISTENER = "listener";

  private final CameraId camera;
  private final AnalyticsListener listener;
  private final @Nullable CameraPlates plates;
  private final BiConsumer<String, RuntimeException> fault;
  // Of one frame; empty between two.
  private final List<Sample> samples = new ArrayList<>();

  /**
   * Creates the delivery of one camera.
   *
   * @param plates the plates that were read, whose pictures follow the alerts; null where none are
   *     read
   * @param fault records an exception, with the name of the part that threw it
   */
  AnalysisDelivery(
      CameraId camera,
      AnalyticsListener listener,
      @Nullable CameraPlates plates,
      BiConsumer<String, RuntimeException> fault) {
    this.camera = camera;
    this.listener = listener;
    this.plates = plates;
    this.fault = fault;
  }

  void observation(Observation observation) {
    try {
      listener.onObservation(observation);
    } catch (RuntimeException e) {
      fault.accept(LISTENER, e);
    }
  }

  /**
   * Passes on alerts and the pictures of their plates.
   *
   * @param frame the frame of the observation; borrowed
   */
  void alerts(List<Alert> alerts, Observation observation, Frame frame) {
    for (Alert alert : alerts) {
      try {
        listener.onAlert(alert, observation, frame);
        if (plates != null) {
          plates.pictures(alert).forEach(picture -> listener.onPlate(alert, picture));
        }
      } catch (RuntimeException e) {
        fault.accept(LISTENER, e);
      }
    }
  }

  /** Passes on alerts for which no frame is held. */
  void alertsWithoutPicture(List<Alert> alerts) {
    for (Alert alert : alerts) {
      try {
        listener.onAlertWithoutPicture(alert);
      } catch (RuntimeException e) {
        fault.accept(LISTENER, e);
      }
    }
  }

  /** Takes what a rule adds to the statistics, until {@link #statistics}. */
  void add(Sample sample) {
    samples.add(sample);
  }

  /** Passes on what was added to the statistics since the last call. */
  void statistics() {
    if (samples.isEmpty()) {
      return;
    }
    List<Sample> taken = List.copyOf(samples);
    samples.clear();
    try {
      listener.onStatistics(camera, taken);
    } catch (RuntimeException e) {
      fault.accept(LISTENER, e);
    }
  }
}
