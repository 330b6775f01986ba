package io.kydai.analytics.pipeline;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.plates.CameraPlates;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Passes one camera's observations and alerts to the listener, on the calling thread. An exception
 * of the listener is recorded as a fault and keeps nothing else from it.
 */
final class AnalysisDelivery {
  private static final String LISTENER = "listener";

  private final AnalyticsListener listener;
  private final @Nullable CameraPlates plates;
  private final BiConsumer<String, RuntimeException> fault;

  /**
   * Creates the delivery of one camera.
   *
   * @param plates the plates that were read, whose pictures follow the alerts; null where none are
   *     read
   * @param fault records an exception, with the name of the part that threw it
   */
  AnalysisDelivery(
      AnalyticsListener listener,
      @Nullable CameraPlates plates,
      BiConsumer<String, RuntimeException> fault) {
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
}
