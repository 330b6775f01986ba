package io.kydai.console.http.api;

import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What may be asked of the cameras. Only {@link #find} may be called where one must not wait; the
 * others may wait for a database or a picture.
 */
public interface Cameras {
  /** Every camera, in the order of their ids. */
  List<CameraView> all();

  Optional<CameraView> find(CameraId camera);

  /**
   * @throws io.kydai.console.cameras.CameraExistsException when there is one of that id
   * @throws io.kydai.console.config.ConfigException when there are too many
   */
  CameraView add(CameraConfig camera, Actor actor, RequestOrigin origin);

  /**
   * @param expected whether the camera, as it is before, is what the caller would replace
   * @throws io.kydai.console.cameras.UnknownCameraException when there is none of that id
   * @throws io.kydai.console.cameras.CameraChangedException when it is not as expected
   */
  CameraView replace(
      CameraConfig camera, Predicate<CameraConfig> expected, Actor actor, RequestOrigin origin);

  /**
   * @throws io.kydai.console.cameras.UnknownCameraException when there is none of that id
   */
  void remove(CameraId camera, Actor actor, RequestOrigin origin);

  /**
   * The newest analysed picture as JPEG.
   *
   * @return empty when there is none yet, or no such camera
   */
  Optional<byte[]> snapshot(CameraId camera, boolean annotated);

  /** What the camera's rules measured; nothing when there is no such camera. */
  Measurements measurements(CameraId camera);

  /** How the camera's picture is used; empty when there is no such camera or nothing was seen. */
  Optional<FlowGrid> flow(CameraId camera);

  /**
   * A flow grid as PNG.
   *
   * @param over whether over the newest analysed picture, if there is one, or a transparent ground
   */
  byte[] heatMap(
      CameraId camera, FlowGrid grid, Quantity quantity, Set<RoadUser> users, boolean over);

  /** Forgets how the camera's picture was used. */
  void forgetFlow(CameraId camera);

  /** What is known of the camera's traffic signals; nothing when there is no such camera. */
  List<SignalState> signals(CameraId camera);

  /**
   * Takes a controller's word of a signal.
   *
   * @return whether the camera has such a signal
   * @throws IllegalArgumentException when something newer has been told
   */
  boolean tell(CameraId camera, String signal, ControllerMessage word);

  /**
   * Shows a camera live.
   *
   * @return closing it ends the viewing; empty when there is no such camera or it has too many
   *     viewers
   */
  Optional<Subscription> watch(CameraId camera, LiveSubscriber subscriber);
}
