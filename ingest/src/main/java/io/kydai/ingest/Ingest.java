package io.kydai.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Consumer;

/** The room itself: every camera's connection, on a few event loops. */
public final class Ingest implements AccessUnitSource, AutoCloseable {
  /**
   * @param clock for wall-clock times
   * @param onStatus hears of every change of a camera's state, on the camera's event loop
   */
  public Ingest(Clock clock, MeterRegistry metrics, Consumer<CameraStatus> onStatus) {}

  /**
   * Starts to pull a camera.
   *
   * @throws IllegalArgumentException when there is a camera of that id already
   */
  public void add(CameraSource source) {
    throw new UnsupportedOperationException();
  }

  /** Stops pulling a camera and forgets it; nothing happens when there is none of that id. */
  public void remove(CameraId camera) {
    throw new UnsupportedOperationException();
  }

  /** A camera's health now. */
  public Optional<CameraStatus> status(CameraId camera) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Subscription subscribe(CameraId camera, AccessUnitSubscriber subscriber) {
    throw new UnsupportedOperationException();
  }

  /** Sends TEARDOWN where there is a session, closes every socket and ends every thread. */
  @Override
  public void close() {}
}
