package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.Packetization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class CameraSimulatorTest {
  private static final SimulatedCamera CAMERA =
      new SimulatedCamera("test", Clip.of(HandMadeClip.ofPairs(3)), 25);

  @Test
  void leaves_no_thread_when_it_is_closed() {
    CameraSimulator.builder().tls(0).camera(CAMERA.withOwnPort()).start().close();
    assertNoThreadIsLeft();
  }

  @Test
  void leaves_no_thread_when_its_port_is_taken() {
    try (CameraSimulator first = CameraSimulator.builder().camera(CAMERA).start()) {
      assertThatIllegalStateException()
          .isThrownBy(() -> CameraSimulator.builder().port(first.port()).camera(CAMERA).start())
          .withMessageContaining("" + first.port());
    }
    assertNoThreadIsLeft();
  }

  /** A thread whose loop has ended still needs a moment to be gone. */
  private static void assertNoThreadIsLeft() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    List<String> left = simulatorThreads();
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      left = simulatorThreads();
    }
    assertThat(left).isEmpty();
  }

  private static List<String> simulatorThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(name -> name.startsWith("camera-simulator"))
        .toList();
  }

  @Test
  void refuses_what_is_no_elementary_stream() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Clip.of("no video".getBytes(StandardCharsets.US_ASCII)));
  }

  @Test
  void names_the_camera_whose_clip_does_not_fit_its_packets() {
    SimulatedCamera camera =
        CAMERA.withPacketization(Packetization.SINGLE_NAL_UNITS.withLargest(1000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CameraSimulator.builder().camera(camera).start())
        .withMessageContaining("camera test")
        .withMessageContaining("3000 bytes");
  }

  @Test
  void refuses_a_fault_that_a_camera_has_not_the_means_for() {
    try (CameraSimulator simulator = CameraSimulator.builder().camera(CAMERA).start()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> simulator.misbehave("test", Fault.vanish(0, Duration.ZERO)))
          .withMessageContaining("port of its own");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> simulator.misbehave("test", Fault.change(3)))
          .withMessageContaining("other clip");
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(simulator::certificate)
          .withMessageContaining("TLS");
    }
  }
}
