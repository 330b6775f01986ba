package io.kydai.console.bench;

import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.api.CameraView;
import io.kydai.console.http.api.Cameras;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Cameras of 25 pictures per second and 4 Mbit/s, whose pictures come from memory. */
final class StreamedCameras implements Cameras {
  static final int PICTURES_PER_SECOND = 25;
  private static final int PICTURE_BYTES = 20_000;
  private static final int SNAPSHOT_BYTES = 60_000;
  private static final long TICKS = 90_000 / PICTURES_PER_SECOND;

  private final CameraRegistry registry;
  private final List<LiveSubscriber> viewers = new CopyOnWriteArrayList<>();
  private final CodecParameters parameters = CodecParameters.jpeg(768, 576);
  private final ByteBuffer picture = ByteBuffer.allocate(PICTURE_BYTES);
  private final byte[] snapshot = new byte[SNAPSHOT_BYTES];
  private long number;

  StreamedCameras(CameraRegistry registry) {
    this.registry = registry;
    ScheduledExecutorService camera =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "bench-camera");
              thread.setDaemon(true);
              return thread;
            });
    long period = TimeUnit.SECONDS.toMicros(1) / PICTURES_PER_SECOND;
    camera.scheduleAtFixedRate(this::send, period, period, TimeUnit.MICROSECONDS);
  }

  private void send() {
    long time = number * TICKS;
    AccessUnit unit =
        new AccessUnit(
            new CameraId("c0"),
            parameters,
            number,
            time,
            time,
            Instant.EPOCH,
            WallClockSource.ARRIVAL,
            true,
            false,
            false,
            picture.duplicate());
    number++;
    Fragment fragment = new Fragment(number, unit, time, TICKS);
    for (LiveSubscriber viewer : viewers) {
      if (viewer.ready()) {
        viewer.onEvent(fragment);
      }
    }
  }

  private static CameraView view(CameraConfig camera) {
    return new CameraView(
        camera,
        new CameraStatus(camera.id(), CameraState.CONNECTING, Instant.EPOCH, 0, 0, null, null, 0),
        null);
  }

  @Override
  public List<CameraView> all() {
    return registry.cameras().stream().map(StreamedCameras::view).toList();
  }

  @Override
  public Optional<CameraView> find(CameraId camera) {
    return registry.camera(camera).map(StreamedCameras::view);
  }

  @Override
  public Optional<byte[]> snapshot(CameraId camera, boolean annotated) {
    return Optional.of(snapshot);
  }

  @Override
  public Optional<Subscription> watch(CameraId camera, LiveSubscriber subscriber) {
    viewers.add(subscriber);
    return Optional.of(() -> viewers.remove(subscriber));
  }

  @Override
  public CameraView add(CameraConfig camera, Actor actor, RequestOrigin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CameraView replace(
      CameraConfig camera, Predicate<CameraConfig> expected, Actor actor, RequestOrigin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void remove(CameraId camera, Actor actor, RequestOrigin origin) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Measurements measurements(CameraId camera) {
    return new Measurements(List.of(), List.of(), List.of(), List.of());
  }

  @Override
  public Optional<FlowGrid> flow(CameraId camera) {
    return Optional.empty();
  }

  @Override
  public byte[] heatMap(
      CameraId camera, FlowGrid grid, Quantity quantity, Set<RoadUser> users, boolean over) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forgetFlow(CameraId camera) {}

  @Override
  public List<SignalState> signals(CameraId camera) {
    return List.of();
  }

  @Override
  public boolean tell(CameraId camera, String signal, ControllerMessage word) {
    return false;
  }
}
