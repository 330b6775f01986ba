package io.kydai.console.node;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.FlowMaps;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraListener;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.PlatesConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.http.api.CameraView;
import io.kydai.console.http.api.Cameras;
import io.kydai.console.http.push.EventSockets;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import io.kydai.streaming.Streaming;
import io.kydai.streaming.annotation.HeatMap;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies changes of the camera registry to the modules: a camera that is added, changed or removed
 * is added, changed or removed in ingest, streaming and analytics without a restart. A camera that
 * a module refuses does not affect the others.
 */
final class CameraLifecycle implements Cameras, CameraListener {
  private static final Logger LOG = LoggerFactory.getLogger(CameraLifecycle.class);

  private final CameraRegistry registry;
  private final Ingest ingest;
  private final Streaming streaming;
  private final Analytics analytics;
  private final FlowMaps flows;
  private final EventSockets events;
  private final OnvifCameras finder;
  private final PlatesConfig plates;
  private final Clock clock;

  CameraLifecycle(
      CameraRegistry registry,
      Ingest ingest,
      Streaming streaming,
      Analytics analytics,
      FlowMaps flows,
      EventSockets events,
      OnvifCameras finder,
      PlatesConfig plates,
      Clock clock) {
    this.registry = registry;
    this.ingest = ingest;
    this.streaming = streaming;
    this.analytics = analytics;
    this.flows = flows;
    this.events = events;
    this.finder = finder;
    this.plates = plates;
    this.clock = clock;
  }

  /** Opens all registered cameras, and applies changes of the registry from now on. */
  void open() {
    registry.listen(this);
    registry.cameras().forEach(this::open);
  }

  /**
   * Publishes the state of a camera after a change of state; called on its event loop. The
   * published state is read when the event is sent, so that a late change of a replaced connection
   * cannot override a newer state.
   */
  void onStatus(CameraStatus status) {
    if (status.state() != CameraState.STOPPED) {
      events.camera(() -> registry.camera(status.camera()).map(this::view));
    }
  }

  @Override
  public void added(CameraConfig camera) {
    open(camera);
    events.camera(() -> Optional.of(view(camera)));
  }

  @Override
  public void changed(CameraConfig before, CameraConfig after) {
    if (!before.source().equals(after.source())
        || !before.onvifAccess().equals(after.onvifAccess())) {
      shut(before);
      if (!before.shownUrl().equals(after.shownUrl())) {
        flows.forget(before.id()); // the address is probably that of another camera
      }
      open(after);
    } else if (!before.analysis().equals(after.analysis())) {
      analytics.remove(before.id());
      streaming.remove(before.id());
      open(after, () -> {});
    } else {
      analytics.attend(after.id(), after.attention());
    }
    events.camera(() -> Optional.of(view(after)));
  }

  @Override
  public void removed(CameraConfig camera) {
    shut(camera);
    flows.forget(camera.id());
    events.cameraRemoved(camera);
  }

  private void open(CameraConfig camera) {
    if (camera.plateWatch().isPresent()) {
      plates
          .noWatch()
          .ifPresent(why -> LOG.warn("{}: plate-watch rules have no effect: {}", camera.id(), why));
    }
    open(camera, () -> camera.source().ifPresent(source -> pull(camera, source)));
  }

  /** Adds a camera to all modules, or to none when one of them refuses it. */
  private void open(CameraConfig camera, Runnable pull) {
    try {
      streaming.add(camera.id(), camera.scene());
      analytics.add(camera.analysis());
      analytics.attend(camera.id(), camera.attention());
      pull.run();
    } catch (RuntimeException e) {
      LOG.error("{} cannot be opened", camera.id(), e);
      shut(camera);
    }
  }

  private void pull(CameraConfig camera, CameraSource source) {
    camera
        .onvifAccess()
        .ifPresentOrElse(
            access -> ingest.add(source, finder.keyFrames(camera.id(), access)),
            () -> ingest.add(source));
  }

  /** Removes a camera from the modules in the direction of the data flow. */
  private void shut(CameraConfig camera) {
    ingest.remove(camera.id());
    analytics.remove(camera.id());
    streaming.remove(camera.id());
  }

  private CameraView view(CameraConfig camera) {
    return view(
        camera,
        ingest
            .status(camera.id())
            .orElseGet(
                () ->
                    new CameraStatus(
                        camera.id(), CameraState.STOPPED, clock.instant(), 0, 0, null, null, 0)));
  }

  private CameraView view(CameraConfig camera, CameraStatus status) {
    return new CameraView(camera, status, analytics.status(camera.id()).orElse(null));
  }

  @Override
  public List<CameraView> all() {
    return registry.cameras().stream().map(this::view).toList();
  }

  @Override
  public Optional<CameraView> find(CameraId camera) {
    return registry.camera(camera).map(this::view);
  }

  @Override
  public CameraView add(CameraConfig camera, Actor actor, RequestOrigin origin) {
    requireWatch(camera);
    return view(registry.add(camera, actor, origin));
  }

  /** Refuses a {@code plate-watch} rule that could never raise an alert. */
  private void requireWatch(CameraConfig camera) {
    if (camera.plateWatch().isPresent() && plates.noWatch().isPresent()) {
      String what =
          "rule '%s' is of type plate-watch, and %s"
              .formatted(camera.plateWatch().get(), plates.noWatch().get());
      throw new ConfigException("", List.of(new ConfigProblem("rules", "/rules", 0, what)));
    }
  }

  @Override
  public CameraView replace(
      CameraConfig camera, Predicate<CameraConfig> expected, Actor actor, RequestOrigin origin) {
    requireWatch(camera);
    return view(registry.replace(camera, expected, actor, origin));
  }

  @Override
  public void remove(CameraId camera, Actor actor, RequestOrigin origin) {
    registry.remove(camera, actor, origin);
  }

  @Override
  public Optional<byte[]> snapshot(CameraId camera, boolean annotated) {
    return analytics.withLatestFrame(
        camera, (frame, observation) -> streaming.snapshot(frame, observation, annotated));
  }

  @Override
  public Measurements measurements(CameraId camera) {
    return registry.camera(camera).isPresent() ? analytics.measurements(camera) : Measurements.NONE;
  }

  @Override
  public Optional<FlowGrid> flow(CameraId camera) {
    return registry.camera(camera).flatMap(known -> flows.read(camera));
  }

  @Override
  public byte[] heatMap(
      CameraId camera, FlowGrid grid, Quantity quantity, Set<RoadUser> users, boolean over) {
    try (HeatMap picture = new HeatMap()) {
      if (over) {
        analytics.withLatestFrame(
            camera,
            (frame, observation) -> {
              picture.over(frame);
              return true;
            });
      }
      return picture.png(grid, quantity, users, List.of());
    }
  }

  @Override
  public void forgetFlow(CameraId camera) {
    flows.forget(camera);
  }

  @Override
  public List<SignalState> signals(CameraId camera) {
    return analytics.signals(camera, clock.instant());
  }

  @Override
  public boolean tell(CameraId camera, String signal, ControllerMessage word) {
    return analytics.tell(camera, signal, word);
  }

  @Override
  public Optional<Subscription> watch(CameraId camera, LiveSubscriber subscriber) {
    return streaming.watch(camera, subscriber);
  }
}
