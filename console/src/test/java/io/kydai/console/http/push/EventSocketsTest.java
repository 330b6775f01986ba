package io.kydai.console.http.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.http.api.camera.CameraPlaces;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventSocketsTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void aCamerasStateIsNotMadeIntoJsonWhereNobodyListens() throws Exception {
    EventSockets events = new EventSockets(vertx, Clock.systemUTC(), CameraPlaces::removed);
    AtomicBoolean asked = new AtomicBoolean();

    events.camera(
        () -> {
          asked.set(true);
          return Optional.empty();
        });

    CountDownLatch later = new CountDownLatch(1);
    for (int i = 0; i < 2 * Runtime.getRuntime().availableProcessors(); i++) {
      vertx.getOrCreateContext().runOnContext(nothing -> later.countDown());
    }
    assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(asked).isFalse();
  }
}
