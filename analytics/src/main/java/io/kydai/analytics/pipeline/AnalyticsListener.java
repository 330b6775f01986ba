package io.kydai.analytics.pipeline;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.PlatePicture;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.ingest.source.CameraId;
import java.util.List;

/**
 * Hears what analytics finds. Called on an inference worker, in order for each camera: it must hand
 * over quickly, and what it throws is logged and ends nothing.
 */
public interface AnalyticsListener {
  /**
   * Every analysed frame, before the alerts that it gives rise to; and, where few frames are
   * analysed, some of those between, with {@link Observation#propagated}. In order of media time.
   */
  void onObservation(Observation observation);

  /**
   * An alert was opened, updated or closed.
   *
   * @param observation of the frame on which it was; of the last one, where it is that none comes
   * @param frame that frame, borrowed until the call returns
   */
  void onAlert(Alert alert, Observation observation, Frame frame);

  /** The same of a camera that has never shown a picture: its signal is lost, or no longer is. */
  void onAlertWithoutPicture(Alert alert);

  /**
   * What an analysed frame adds to the statistics of its camera's rules: after its alerts, and once
   * more when the camera is removed. Nothing of a frame is given twice.
   *
   * @param samples in the order of the rules; not empty
   */
  default void onStatistics(CameraId camera, List<Sample> samples) {}

  /**
   * A plate became known on an alert: after the alert that reported it, once for each track and
   * alert.
   *
   * @param alert as it was reported last
   */
  default void onPlate(Alert alert, PlatePicture picture) {}
}
