package io.kydai.ingest;

import io.kydai.ingest.camera.Camera;
import io.kydai.ingest.status.CameraStatus;
import io.netty.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream that {@link Ingest#pull} receives beside the cameras. Closing it disconnects; it may be
 * closed more than once, and on any thread.
 */
public final class PulledStream implements AutoCloseable {
  private final Camera camera;
  private final AtomicReference<@Nullable Consumer<PulledStream>> onEnd;

  /**
   * @param onEnd called once, when the stream ends
   */
  PulledStream(Camera camera, Consumer<PulledStream> onEnd) {
    this.camera = camera;
    this.onEnd = new AtomicReference<>(onEnd);
  }

  /** Returns its present status. */
  public CameraStatus status() {
    return camera.status();
  }

  /**
   * Disconnects; what still arrives is not handed on.
   *
   * @return completes when the connection is closed
   */
  public Future<Void> stop() {
    Consumer<PulledStream> ended = onEnd.getAndSet(null);
    if (ended != null) {
      ended.accept(this);
    }
    return camera.stop();
  }

  @Override
  public void close() {
    stop();
  }
}
