package io.kydai.analytics.inference;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.ingest.AccessUnit;
import java.util.Optional;

/**
 * The place between a camera's decoder and the inference workers: it holds one frame, the newest,
 * and so never grows. Any thread.
 *
 * <p>Frames come through at most at the given rate, measured on their media time: due times stand
 * on a grid, so that a camera of 25 frames per second held at 10 gives 10 and not 8⅓. A frame that
 * is not newer than the one before it is refused, too.
 */
public final class LatestFrame implements AutoCloseable {
  private final double spacing;
  private final Runnable onSkipped;
  private DecodedFrame frame;
  private long lastTaken = Long.MIN_VALUE;
  private double due = Double.NEGATIVE_INFINITY;
  private boolean closed;

  /**
   * @param maxFps frames per second of media time, above 0
   * @param onSkipped called for each frame that was refused or replaced
   */
  public LatestFrame(double maxFps, Runnable onSkipped) {
    if (!(maxFps > 0)) {
      throw new IllegalArgumentException("a rate above 0 is needed, not " + maxFps);
    }
    this.spacing = AccessUnit.TICKS_PER_SECOND / maxFps;
    this.onSkipped = onSkipped;
  }

  /**
   * Puts a frame here, in place of an older one that nobody took.
   *
   * @param offered owned by this place from now on
   * @return whether it is here; otherwise it is closed
   */
  public synchronized boolean offer(DecodedFrame offered) {
    long newest = frame == null ? lastTaken : frame.mediaTime();
    if (closed || offered.mediaTime() <= newest || offered.mediaTime() < due - 1) {
      offered.close();
      onSkipped.run();
      return false;
    }
    if (frame != null) {
      frame.close();
      onSkipped.run();
    }
    frame = offered;
    return true;
  }

  /** The newest frame, owned by the caller from now on. */
  public synchronized Optional<DecodedFrame> take() {
    if (frame == null) {
      return Optional.empty();
    }
    DecodedFrame taken = frame;
    frame = null;
    lastTaken = taken.mediaTime();
    due = lastTaken - due < spacing ? due + spacing : lastTaken + spacing;
    return Optional.of(taken);
  }

  /** Closes the frame that is here, and all that are offered from now on. */
  @Override
  public synchronized void close() {
    closed = true;
    if (frame != null) {
      frame.close();
      frame = null;
    }
  }
}
