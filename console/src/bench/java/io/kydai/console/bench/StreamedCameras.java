package io.kydai.console.bench;

import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.streaming.live.event.Fragment;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Cameras of 25 pictures per second and 4 Mbit/s, whose pictures come from memory. */
final class StreamedCameras {
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

  /** The cameras as the servers ask for them; what the client does not request is not there. */
  Cameras cameras() {
    return (Cameras)
        Proxy.newProxyInstance(
            Cameras.class.getClassLoader(),
            new Class<?>[] {Cameras.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "all" -> registry.cameras().stream().map(StreamedCameras::view).toList();
                  case "find" ->
                      registry.camera((CameraId) arguments[0]).map(StreamedCameras::view);
                  case "snapshot" -> Optional.of(snapshot);
                  case "measurements" ->
                      new Measurements(List.of(), List.of(), List.of(), List.of());
                  case "watch" -> watch((LiveSubscriber) arguments[2]);
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Optional<Subscription> watch(LiveSubscriber subscriber) {
    viewers.add(subscriber);
    return Optional.of(() -> viewers.remove(subscriber));
  }
}
