package io.kydai.console.bench;

import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.streaming.live.LiveStream;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.privacy.Privacy;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Cameras of 25 pictures per second and 2 Mbit/s, a key frame every two seconds, whose pictures
 * come from memory and go through the product's live streams. The camera {@value #PULLED} is
 * another's.
 */
final class PacedStreams {
  static final int COUNT = 20;
  static final String PULLED = "c49";
  private static final int PICTURE_BYTES = 10_000;
  private static final int GROUP = 50;
  private static final int STEP_MILLIS = 40;
  private static final CodecParameters PARAMETERS =
      new CodecParameters(
          Codec.H264,
          640,
          360,
          List.of(new byte[] {0x67, 0x42, (byte) 0xc0, 0x1e, 0x28}),
          List.of(new byte[] {0x68, 1}));

  private final CameraRegistry registry;
  private final Map<CameraId, LiveStream> streams = new TreeMap<>();
  private final Function<LiveSubscriber, Optional<Subscription>> pulled;
  private final ExecutorService threads = Executors.newFixedThreadPool(2, PacedStreams::thread);

  /**
   * @param pulled shows the camera {@value #PULLED}
   */
  PacedStreams(CameraRegistry registry, Function<LiveSubscriber, Optional<Subscription>> pulled) {
    this.registry = registry;
    this.pulled = pulled;
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(PacedStreams::thread);
    for (int i = 0; i < COUNT; i++) {
      CameraId camera = new CameraId("c" + i);
      SerialExecutor executor = new SerialExecutor("camera " + camera, threads);
      LiveStream stream = new LiveStream(camera, executor, lost -> {});
      streams.put(camera, stream);
      long[] sequence = {0};
      clock.scheduleAtFixedRate(
          () -> {
            AccessUnit unit = unit(camera, sequence[0]++);
            executor.execute(() -> stream.add(unit));
          },
          (long) i * STEP_MILLIS * 1000 / COUNT,
          STEP_MILLIS * 1000L,
          TimeUnit.MICROSECONDS);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "bench-cameras");
    thread.setDaemon(true);
    return thread;
  }

  private static AccessUnit unit(CameraId camera, long sequence) {
    boolean key = sequence % GROUP == 0;
    ByteBuffer data = ByteBuffer.allocate(PICTURE_BYTES);
    data.putInt(PICTURE_BYTES - 4).put((byte) (key ? 0x65 : 0x41)).rewind();
    long time = sequence * STEP_MILLIS * 90;
    return new AccessUnit(
        camera,
        PARAMETERS,
        sequence,
        time,
        time,
        Instant.now(),
        WallClockSource.ARRIVAL,
        key,
        sequence == 0,
        false,
        data);
  }

  Optional<Subscription> watch(CameraId camera, LiveSubscriber subscriber) {
    LiveStream stream = streams.get(camera);
    return stream == null ? pulled.apply(subscriber) : stream.watch(subscriber);
  }

  private static CameraView view(CameraConfig camera) {
    return new CameraView(
        camera,
        new CameraStatus(camera.id(), CameraState.CONNECTING, Instant.EPOCH, 0, 0, null, null, 0),
        null);
  }

  /** The cameras as the server asks for them; what the client does not request is not there. */
  Cameras cameras() {
    return (Cameras)
        Proxy.newProxyInstance(
            Cameras.class.getClassLoader(),
            new Class<?>[] {Cameras.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "all" -> registry.cameras().stream().map(PacedStreams::view).toList();
                  case "find" -> registry.camera((CameraId) arguments[0]).map(PacedStreams::view);
                  case "watch" -> watch((CameraId) arguments[0], (LiveSubscriber) arguments[2]);
                  case "privacy" -> Privacy.NONE;
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
