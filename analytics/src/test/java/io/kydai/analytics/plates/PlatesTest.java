package io.kydai.analytics.plates;

import static io.kydai.analytics.plates.Made.CAMERA;
import static io.kydai.analytics.plates.Made.VIETNAM;
import static io.kydai.analytics.plates.Made.car;
import static io.kydai.analytics.plates.Made.observation;
import static io.kydai.analytics.plates.Made.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.alert.Plate;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.ModelException;
import io.kydai.models.plates.PlateReader;
import io.kydai.models.plates.PlateReading;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The node's thread, with a reader that the test lets go on step by step. */
class PlatesTest {
  private static final long SECOND = 90_000;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AtomicInteger loads = new AtomicInteger();
  private final AtomicInteger closes = new AtomicInteger();
  private final CountDownLatch loaded = new CountDownLatch(1);
  private final Semaphore inside = new Semaphore(0);
  private final Semaphore steps = new Semaphore(0);

  @AfterEach
  void metersLeaveWithTheirCameras() {
    assertThat(metrics.getMeters()).isEmpty();
    assertThat(closes).hasValue(loads.get());
  }

  private PlateReader stepped() {
    loads.incrementAndGet();
    loaded.countDown();
    return new PlateReader() {
      @Override
      public List<PlateReading> read(ByteBuffer pixels, int width, int height) {
        inside.release();
        steps.acquireUninterruptibly();
        return List.of(reading("51F12345", 0.99));
      }

      @Override
      public void close() {
        closes.incrementAndGet();
      }
    };
  }

  private static CameraAnalysis analysis(CameraId camera, String... types) {
    return new CameraAnalysis(
        camera,
        Scene.EMPTY,
        java.util.Arrays.stream(types)
            .map(type -> new RuleSpec(type, type, Map.of("line", "v")))
            .toList());
  }

  private static void see(CameraPlates plates, double seconds) {
    long time = Math.round(seconds * SECOND);
    try (DecodedFrame frame = Drawn.frame(Drawn.road(Drawn.motorbike("", ""), 500, 300), time)) {
      plates.see(frame, observation(time, car(1, 0.4, 0.4, 0.6, 0.9)));
    }
  }

  private void await(Semaphore semaphore) throws InterruptedException {
    assertThat(semaphore.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothingIsLoadedForCamerasWithoutUseForPlates() {
    try (Plates plates = new Plates(VIETNAM, metrics, this::stepped)) {
      assertThat(plates.camera(analysis(CAMERA, "line-count", "crowding"))).isEmpty();
      assertThat(metrics.getMeters()).isEmpty();
    }
    assertThat(loads).hasValue(0);
  }

  @Test
  void theNetworksAreLoadedOnceWhenTheFirstCameraWantsThem() throws InterruptedException {
    try (Plates plates = new Plates(VIETNAM, metrics, this::stepped)) {
      try (CameraPlates one = plates.camera(analysis(CAMERA, "wrong-way")).orElseThrow();
          CameraPlates two =
              plates.camera(analysis(new CameraId("two"), "plate-watch")).orElseThrow()) {
        assertThat(loaded.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(one.watchList()).isSameAs(two.watchList());
      }
      assertThat(closes).hasValue(0);
    }
    assertThat(loads).hasValue(1);
  }

  @Test
  void aSlowReaderHoldsNobodyUpAndTheCamerasTakeTurns() throws InterruptedException {
    try (Plates plates = new Plates(VIETNAM, metrics, this::stepped);
        CameraPlates busy = plates.camera(analysis(CAMERA, "plate-watch")).orElseThrow();
        CameraPlates other =
            plates.camera(analysis(new CameraId("two"), "plate-watch")).orElseThrow()) {
      for (int i = 0; i < 3; i++) {
        see(busy, i);
      }
      busy.read(1);
      busy.complete(List.of(), 3 * SECOND);
      await(inside); // The reader is at work on one crop from here on.
      see(other, 0);
      other.read(1);
      other.complete(List.of(), SECOND);
      for (int i = 3; i < 20; i++) {
        see(busy, i);
        assertThat(busy.read(1)).isEmpty();
        assertThat(busy.complete(List.of(), i * SECOND)).isEmpty();
      }
      steps.release();
      await(inside);
      // The other camera's turn came before the second crop of the busy one.
      steps.release();
      await(inside);
      assertThat(count("kydai.analytics.plates.read", "two")).isEqualTo(1);
      assertThat(count("kydai.analytics.plates.read", "gate")).isEqualTo(1);
      steps.release(100);
      while (busy.read(1).isEmpty()) {
        await(inside);
      }
      assertThat(busy.read(1).map(Plate::text)).contains("51F12345");
    }
  }

  private long count(String name, String camera) {
    return metrics.get(name).tag("camera", camera).timer().count();
  }

  @Test
  void closingWaitsForTheReadingInHandAndGivesTheRestUp() throws InterruptedException {
    Plates plates = new Plates(VIETNAM, metrics, this::stepped);
    CameraPlates camera = plates.camera(analysis(CAMERA, "plate-watch")).orElseThrow();
    see(camera, 0);
    see(camera, 1);
    camera.read(1);
    camera.complete(List.of(), SECOND);
    await(inside);
    Thread closer = new Thread(camera::close);
    closer.start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (closer.getState() != Thread.State.WAITING) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
    steps.release();
    closer.join(30_000);
    assertThat(closer.isAlive()).isFalse();
    plates.close();
    assertThat(inside.availablePermits()).isZero();
  }

  @Test
  void whereTheNetworksCannotBeLoadedReadingsFailAndNothingElse() throws InterruptedException {
    CountDownLatch tried = new CountDownLatch(1);
    try (Plates plates =
            new Plates(
                VIETNAM,
                metrics,
                () -> {
                  tried.countDown();
                  throw new ModelException("the resource is missing");
                });
        CameraPlates camera = plates.camera(analysis(CAMERA, "plate-watch")).orElseThrow()) {
      assertThat(tried.await(30, TimeUnit.SECONDS)).isTrue();
      see(camera, 0);
      camera.read(1);
      camera.complete(List.of(), SECOND);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (metrics.get("kydai.analytics.plates.errors").counter().count() < 1) {
        assertThat(System.nanoTime()).isLessThan(deadline);
        Thread.onSpinWait();
      }
      assertThat(camera.read(1)).isEmpty();
    }
  }
}
