package io.kydai.ingest.simulator;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** A camera as it is played: its clock runs from the simulator's start, for all clients alike. */
final class PlayedCamera {
  private static final int TICKS_PER_SECOND = 90_000;

  private final SimulatedCamera camera;
  private final long start;
  private final AtomicReference<Optional<Fault>> fault = new AtomicReference<>(Optional.empty());

  PlayedCamera(SimulatedCamera camera, long startNanos) {
    this.camera = camera;
    this.start = startNanos;
  }

  SimulatedCamera camera() {
    return camera;
  }

  Clip clip() {
    return camera.clip();
  }

  Optional<Fault> fault() {
    return fault.get();
  }

  void misbehave(Optional<Fault> how) {
    fault.set(how);
  }

  /** The picture that is due at a moment: they are counted from 0 and on over the clip's rounds. */
  long due(long nanos) {
    return (long) ((nanos - start) * camera.fps() / 1e9);
  }

  /** When a picture is due, as {@link System#nanoTime} counts. */
  long nanos(long picture) {
    return start + (long) (picture * 1e9 / camera.fps());
  }

  /** A picture's time in 1/90000 s, which goes on over the clip's rounds. */
  long ticks(long picture) {
    return Math.round(picture * TICKS_PER_SECOND / camera.fps());
  }
}
