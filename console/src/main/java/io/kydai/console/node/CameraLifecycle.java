package io.kydai.console.node;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.FlowMaps;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraCare;
import io.kydai.console.cameras.CameraHandover;
import io.kydai.console.cameras.CameraHandovers;
import io.kydai.console.cameras.CameraListener;
import io.kydai.console.cameras.CameraPause;
import io.kydai.console.cameras.CameraPauses;
import io.kydai.console.cameras.CameraPrivacy;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.cameras.MaintenanceItems;
import io.kydai.console.cameras.UnknownCameraException;
import io.kydai.console.config.PlatesConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.discovery.StreamProbe;
import io.kydai.console.discovery.TestedStream;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.ShownPicture;
import io.kydai.console.http.push.EventSockets;
import io.kydai.console.trial.ObservationArchive;
import io.kydai.console.trial.RuleTrial;
import io.kydai.console.trial.Trial;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.StreamRole;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraFault;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.tls.TlsTrust;
import io.kydai.models.document.ConfigException;
import io.kydai.models.document.ConfigProblem;
import io.kydai.streaming.Streaming;
import io.kydai.streaming.annotation.HeatMap;
import io.kydai.streaming.annotation.Snapshots;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.Redaction;
import io.kydai.streaming.rendition.OnDemandSource;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
  private final CameraPauses pauses;
  private final CameraHandovers handovers;
  private final MaintenanceItems items;
  private final ObservationArchive archive;
  private final StreamProbe tests;
  private final CameraPrivacy privacy;
  private final Redaction redaction;
  private final ZoneId zone;
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
      CameraCare care,
      ObservationArchive archive,
      CameraPrivacy privacy,
      Redaction redaction,
      ZoneId zone,
      Clock clock) {
    this.registry = registry;
    this.ingest = ingest;
    this.streaming = streaming;
    this.analytics = analytics;
    this.flows = flows;
    this.events = events;
    this.finder = finder;
    this.plates = plates;
    this.pauses = care.pauses();
    this.handovers = care.handovers();
    this.items = care.items();
    this.archive = archive;
    this.privacy = privacy;
    this.redaction = redaction;
    this.zone = zone;
    this.tests = new StreamProbe(ingest);
    this.clock = clock;
  }

  /** Opens all registered cameras, and applies changes of the registry from now on. */
  void open() {
    registry.listen(this);
    privacy.remember(registry.cameras());
    registry.cameras().stream().filter(this::isActive).forEach(this::open);
  }

  /**
   * Publishes the state of a camera after a change of state; called on its event loop. The
   * published state is read when the event is sent, so that a late change of a replaced connection
   * cannot override a newer state.
   */
  void onStatus(CameraStatus status) {
    if (status.state() != CameraState.STOPPED) {
      onChange(status.camera());
    }
  }

  /** Publishes a camera of which something changed besides its definition. */
  void onChange(CameraId camera) {
    events.camera(() -> registry.camera(camera).map(this::view));
  }

  private boolean isActive(CameraConfig camera) {
    return pauses.find(camera.id()).isEmpty();
  }

  @Override
  public synchronized void added(CameraConfig camera) {
    privacy.remember(List.of(camera));
    open(camera);
    events.camera(() -> Optional.of(view(camera)));
  }

  @Override
  public synchronized void changed(CameraConfig before, CameraConfig after) {
    privacy.remember(List.of(after));
    streaming.privacy(after.id(), privacy.of(after.id()));
    if (isActive(after)) {
      apply(before, after);
    }
    events.cameraChanged(before, view(after));
  }

  private void apply(CameraConfig before, CameraConfig after) {
    if (!before.source().equals(after.source())
        || !before.onvifAccess().equals(after.onvifAccess())) {
      shut(before);
      if (!before.shownUrl().equals(after.shownUrl())) {
        flows.forget(before.id()); // the address is probably that of another camera
        archive.forget(before.id());
      }
      open(after);
      return;
    }
    if (!before.analysis().equals(after.analysis())) {
      reanalyse(after);
    }
    if (!before.secondSource().equals(after.secondSource())) {
      second(after);
    }
    analytics.attend(after.id(), after.attention());
    record(after);
  }

  /** Changes scene and rules while the camera goes on to be received, watched and counted. */
  private void reanalyse(CameraConfig camera) {
    warnOfPlates(camera);
    if (analytics.status(camera.id()).isEmpty()) {
      shut(camera); // A module refused it before.
      open(camera);
      return;
    }
    streaming.scene(camera.id(), camera.scene());
    try {
      analytics.replace(camera.analysis());
    } catch (RuntimeException e) {
      LOG.error("{} cannot be analysed by its new rules", camera.id(), e);
    }
  }

  @Override
  public synchronized void removed(CameraConfig camera) {
    shut(camera);
    flows.forget(camera.id());
    archive.forget(camera.id());
    pauses.forget(camera.id());
    handovers.forget(camera.id());
    events.cameraRemoved(camera);
  }

  @Override
  public synchronized CameraView pause(
      CameraId id, String reason, @Nullable Instant until, Actor actor, RequestOrigin origin) {
    CameraConfig camera = registry.camera(id).orElseThrow(() -> new UnknownCameraException(id));
    boolean active = isActive(camera);
    pauses.put(
        new CameraPause(id, reason, actor.name(), clock.instant(), until),
        AuditEvent.of(AuditEventType.CAMERA_PAUSED, actor, origin)
            .reason(reason.isEmpty() ? null : reason)
            .detail("until", until));
    if (active) {
      shut(camera);
    }
    events.camera(() -> Optional.of(view(camera)));
    return view(camera);
  }

  @Override
  public CameraView resume(CameraId id, Actor actor, RequestOrigin origin) {
    return resume(id, actor, origin, "asked");
  }

  private synchronized CameraView resume(
      CameraId id, Actor actor, RequestOrigin origin, String cause) {
    CameraConfig camera = registry.camera(id).orElseThrow(() -> new UnknownCameraException(id));
    AuditEvent event =
        AuditEvent.of(AuditEventType.CAMERA_RESUMED, actor, origin).detail("cause", cause);
    if (pauses.end(id, event)) {
      open(camera);
      events.camera(() -> Optional.of(view(camera)));
    }
    return view(camera);
  }

  /** Ends the pauses that have come to their end. */
  void endPauses() {
    for (CameraPause pause : pauses.over()) {
      if (registry.camera(pause.camera()).isPresent()) {
        resume(pause.camera(), Actor.SYSTEM, RequestOrigin.NONE, "time");
      } else {
        pauses.forget(pause.camera());
      }
    }
  }

  @Override
  public synchronized CameraView handOver(
      CameraId id, String to, String note, Actor actor, RequestOrigin origin) {
    CameraConfig camera = registry.camera(id).orElseThrow(() -> new UnknownCameraException(id));
    CameraStatus status = view(camera).status();
    String fault =
        status.state() == CameraState.LIVE
            ? null
            : ErrorText.dashed(status.fault() == null ? CameraFault.FAILED : status.fault());
    handovers.put(
        new CameraHandover(id, to, note, actor.name(), clock.instant(), fault),
        AuditEvent.of(AuditEventType.CAMERA_HANDED_OVER, actor, origin)
            .reason(note.isEmpty() ? null : note)
            .detail("to", to)
            .detail("fault", fault));
    events.camera(() -> Optional.of(view(camera)));
    return view(camera);
  }

  @Override
  public synchronized CameraView endHandover(
      CameraId id, String cause, Actor actor, RequestOrigin origin) {
    CameraConfig camera = registry.camera(id).orElseThrow(() -> new UnknownCameraException(id));
    handovers
        .find(id)
        .ifPresent(
            handover -> {
              handovers.end(
                  id,
                  AuditEvent.of(AuditEventType.CAMERA_HANDOVER_ENDED, actor, origin)
                      .detail("to", handover.to())
                      .detail("cause", cause));
              events.camera(() -> Optional.of(view(camera)));
            });
    return view(camera);
  }

  /** Ends the handovers that are over. */
  void endHandovers() {
    for (CameraHandover handover : handovers.over(ingest::status)) {
      endHandover(handover.camera(), "well", Actor.SYSTEM, RequestOrigin.NONE);
    }
  }

  @Override
  public void retry(CameraId camera) {
    ingest.retry(camera);
  }

  @Override
  public Optional<TestedStream> testStream(String url, Transport transport, TlsTrust trust) {
    return tests.run(url, transport, trust);
  }

  @Override
  public Trial tryRule(CameraId camera, Scene scene, RuleSpec rule, Instant since)
      throws IOException {
    RuleTrial trial = new RuleTrial(camera, scene, rule);
    archive.read(camera, since, trial::observe);
    return trial.result();
  }

  private void warnOfPlates(CameraConfig camera) {
    if (camera.plateWatch().isPresent()) {
      plates
          .noWatch()
          .ifPresent(why -> LOG.warn("{}: plate-watch rules have no effect: {}", camera.id(), why));
    }
  }

  private void open(CameraConfig camera) {
    warnOfPlates(camera);
    open(camera, () -> camera.source().ifPresent(source -> pull(camera, source)));
  }

  /** Adds a camera to all modules, or to none when one of them refuses it. */
  private void open(CameraConfig camera, Runnable pull) {
    try {
      streaming.add(camera.id(), camera.scene());
      streaming.privacy(camera.id(), privacy.of(camera.id()));
      second(camera);
      record(camera);
      analytics.add(camera.analysis());
      analytics.attend(camera.id(), camera.attention());
      pull.run();
    } catch (RuntimeException e) {
      LOG.error("{} cannot be opened", camera.id(), e);
      shut(camera);
    }
  }

  private void second(CameraConfig camera) {
    streaming.second(
        camera.id(),
        camera
            .secondSource()
            .map(source -> (OnDemandSource) taker -> ingest.pull(source, taker)::close)
            .orElse(null));
  }

  private void record(CameraConfig camera) {
    streaming.record(camera.id(), camera.recorded(zone).orElse(null));
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
    return new CameraView(
        camera,
        status,
        analytics.status(camera.id()).orElse(null),
        pauses.find(camera.id()).orElse(null),
        handovers.find(camera.id()).orElse(null),
        items.of(camera.id()),
        streaming.maskedViewers(camera.id()),
        streaming.transcodedViewers(camera.id()));
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

  @Override
  public List<CameraView> putAll(List<CameraConfig> cameras, Actor actor, RequestOrigin origin) {
    cameras.forEach(this::requireWatch);
    return registry.putAll(cameras, actor, origin).stream().map(this::view).toList();
  }

  @Override
  public boolean hasPast(CameraId camera) {
    return registry.hasPast(camera);
  }

  @Override
  public boolean isAsInFile(CameraId camera) {
    return registry.isAsInFile(camera);
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
  public Privacy privacy(CameraId camera) {
    return privacy.of(camera);
  }

  @Override
  public byte[] masked(byte[] jpeg, Privacy hidden) {
    return Snapshots.changed(jpeg, picture -> redaction.hide(picture, hidden));
  }

  private byte[] snapshot(Frame frame, Observation observation, boolean annotated, Privacy hidden) {
    return hidden.isEmpty()
        ? streaming.snapshot(frame, observation, annotated)
        : streaming.snapshot(frame, observation, annotated, hidden, redaction);
  }

  @Override
  public Optional<byte[]> snapshot(
      CameraId camera, boolean annotated, Instant from, Privacy hidden) {
    return analytics
        .withLatestFrame(
            camera,
            (frame, observation) ->
                observation.wallClock().isBefore(from)
                    ? Optional.<byte[]>empty()
                    : Optional.of(snapshot(frame, observation, annotated, hidden)))
        .flatMap(picture -> picture);
  }

  @Override
  public Optional<ShownPicture> picture(CameraId camera, Instant after, Privacy hidden) {
    return analytics
        .withLatestFrame(
            camera,
            (frame, observation) ->
                observation.wallClock().isAfter(after)
                    ? Optional.of(
                        new ShownPicture(
                            observation.wallClock(), snapshot(frame, observation, true, hidden)))
                    : Optional.<ShownPicture>empty())
        .flatMap(picture -> picture);
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
  public Optional<Subscription> watchTranscoded(CameraId camera, LiveSubscriber subscriber) {
    return streaming.watchTranscoded(camera, subscriber);
  }

  @Override
  public Optional<Subscription> watchMasked(CameraId camera, LiveSubscriber subscriber) {
    return streaming.watchMasked(camera, subscriber);
  }

  @Override
  public Optional<Subscription> watch(
      CameraId camera, @Nullable StreamRole wanted, LiveSubscriber subscriber) {
    boolean second =
        registry.camera(camera).filter(one -> one.second().role() == wanted).isPresent();
    return second ? streaming.watchSecond(camera, subscriber) : streaming.watch(camera, subscriber);
  }
}
