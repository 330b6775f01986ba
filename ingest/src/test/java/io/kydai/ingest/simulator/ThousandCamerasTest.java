package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.simulator.media.Clip;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ThousandCamerasTest {
  @Test
  void one_process_plays_a_thousand_cameras_on_two_loops_and_leaves_no_packet_out()
      throws InterruptedException {
    SimulatedCamera camera = new SimulatedCamera("camera", Clip.of(HandMadeClip.ofPairs(3)), 2);
    CameraSimulator.Builder builder = CameraSimulator.builder().loops(2);
    for (int i = 0; i < 1000; i++) {
      builder.camera(camera.withName("camera-" + i));
    }
    try (CameraSimulator simulator = builder.start();
        ManyClients clients = new ManyClients(simulator.addresses(), 4)) {
      assertThat(clients.await(Duration.ofSeconds(100)))
          .as("each got four pictures, %d in all", clients.pictures())
          .isTrue();
      assertThat(clients.missing()).isZero();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("kydai-camera-simulator-"))
          .hasSizeLessThanOrEqualTo(3);
    }
  }
}
