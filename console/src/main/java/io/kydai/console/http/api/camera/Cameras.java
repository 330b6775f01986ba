package io.kydai.console.http.api.camera;

import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.TestedStream;
import io.kydai.console.trial.Trial;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.tls.TlsTrust;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.privacy.Privacy;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
   * Adds and replaces cameras, all or none; as {@link
   * io.kydai.console.cameras.CameraRegistry#putAll}.
   *
   * @throws io.kydai.models.document.ConfigException when there would be too many, or one cannot be
   */
  List<CameraView> putAll(List<CameraConfig> cameras, Actor actor, RequestOrigin origin);

  /** Whether reports, recordings, statistics or the audit know an id. */
  boolean hasPast(CameraId camera);

  /** Whether a camera is as in the configuration file. */
  boolean isAsInFile(CameraId camera);

  /**
   * Pauses a camera, in place of the pause that it may have.
   *
   * @param until when it goes on by itself; null where somebody has to end the pause
   * @throws io.kydai.console.cameras.UnknownCameraException when there is none of that id
   */
  CameraView pause(
      CameraId camera, String reason, @Nullable Instant until, Actor actor, RequestOrigin origin);

  /**
   * Ends a camera's pause; nothing happens when it is not paused.
   *
   * @throws io.kydai.console.cameras.UnknownCameraException when there is none of that id
   */
  CameraView resume(CameraId camera, Actor actor, RequestOrigin origin);

  /**
   * Hands a camera's fault to somebody who mends it, in place of the handover that there may be. It
   * ends by itself when the camera has been live for a minute, unless it is live now.
   *
   * @throws io.kydai.console.cameras.UnknownCameraException when there is none of that id
   */
  CameraView handOver(CameraId camera, String to, String note, Actor actor, RequestOrigin origin);

  /**
   * Ends the handover of a camera's fault; nothing happens where there is none.
   *
   * @param cause why, as the audit has it: {@code done} or {@code taken-back}
   * @throws io.kydai.console.cameras.UnknownCameraException when there is none of that id
   */
  CameraView endHandover(CameraId camera, String cause, Actor actor, RequestOrigin origin);

  /** Makes a camera's next connection attempt now. */
  void retry(CameraId camera);

  /**
   * Tests a stream as {@link io.kydai.console.discovery.StreamProbe#run} does.
   *
   * @return empty while too many tests run
   */
  Optional<TestedStream> testStream(String url, Transport transport, TlsTrust trust);

  /**
   * Runs a rule over what a camera was seen to show.
   *
   * @param since older observations are left out
   * @throws IOException when the disk fails
   */
  Trial tryRule(CameraId camera, Scene scene, RuleSpec rule, Instant since) throws IOException;

  /**
   * Returns what is hidden on a camera's pictures from those without the permission {@code
   * unmasked}; of one that was removed, all of them where anything was hidden. Must not wait.
   */
  Privacy privacy(CameraId camera);

  /**
   * The newest analysed picture as JPEG.
   *
   * @param hidden is hidden on it
   * @param from the moment from which on pictures may be shown
   * @return empty when there is none yet, or only an older one, or no such camera
   */
  Optional<byte[]> snapshot(CameraId camera, boolean annotated, Instant from, Privacy hidden);

  /**
   * The newest analysed picture with its boxes.
   *
   * @param after only a later picture is wanted
   * @param hidden is hidden on it
   * @return empty when there is none, or no such camera
   */
  Optional<ShownPicture> picture(CameraId camera, Instant after, Privacy hidden);

  /**
   * Hides what is private on a picture of the past.
   *
   * @return JPEG
   * @throws IllegalArgumentException when it is none that can be decoded
   */
  byte[] masked(byte[] jpeg, Privacy hidden);

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
   * @param wanted which of the camera's streams; null for the analysed one. A camera of one stream
   *     shows that
   * @return closing it ends the viewing; empty when there is no such camera or it has too many
   *     viewers
   */
  Optional<Subscription> watch(
      CameraId camera, @Nullable StreamRole wanted, LiveSubscriber subscriber);

  /**
   * Shows a camera live with what is private hidden: its analysed stream, encoded anew once for all
   * who watch it so.
   *
   * @return closing it ends the viewing; empty when there is no such camera or it has too many
   *     viewers
   * @throws io.kydai.streaming.privacy.TranscodeRefusedException when too many are encoded already
   */
  Optional<Subscription> watchMasked(CameraId camera, LiveSubscriber subscriber);

  /**
   * Shows a camera live as H.264, whatever it sends: its analysed stream, encoded anew once for all
   * who watch it so. Nothing on it is hidden.
   *
   * @return closing it ends the viewing; empty when there is no such camera or it has too many
   *     viewers
   * @throws io.kydai.streaming.privacy.TranscodeRefusedException when too many are encoded already
   */
  Optional<Subscription> watchTranscoded(CameraId camera, LiveSubscriber subscriber);
}
