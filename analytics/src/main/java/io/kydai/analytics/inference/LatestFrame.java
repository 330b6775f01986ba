package io.kydai.analytics.inference;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.ingest.media.MediaTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The place between a camera's decoder and the inference workers: it holds one frame, the newest,
 * and so never grows. Any thread.
 *
 * <p>Frames come through at most at a rate that may change with each, measured on their media time:
 * due times stand on a grid, so that a camera of 25 frames per second held at 10 gives 10 and not
 * 8⅓. While a frame waits for a worker, each newer one takes its place; a point of the grid that
 * passes meanwhile is lost, and counted as {@link SkipReason#BUSY}. A frame that is not newer than
 * the one before it is refused.
 */
public final class LatestFrame implements AutoCloseable {
  private final Consumer<SkipReason> skipped;
  private @Nullable DecodedFrame frame;
  private long lastTaken = Long.MIN_VALUE;
  private double due = Double.NEGATIVE_INFINITY;
  private double spacing;
  private boolean idle;
  private boolean closed;

  /**
   * @param maxFps frames per second of media time until another rate is set, above 0
   * @param skipped called for each frame that was refused or replaced
   */
  public LatestFrame(double maxFps, Consumer<SkipReason> skipped) {
    this.skipped = skipped;
    rate(maxFps, false);
  }

  /**
   * Sets the rate. A higher one holds from the frame on that was taken last, a lower one from the
   * next.
   *
   * @param fps frames per second of media time, above 0
   * @param idling whether it is low because nothing moves
   */
  public synchronized void rate(double fps, boolean idling) {
    if (!(fps > 0)) {
      throw new IllegalArgumentException("a rate above 0 is needed, not " + fps);
    }
    idle = idling;
    spacing = MediaTime.TICKS_PER_SECOND / fps;
    if (due > lastTaken + spacing) {
      due = lastTaken + spacing;
    }
  }

  /** Lets the next frame through, whenever it comes: something has begun to move. */
  public synchronized void wake() {
    due = Math.min(due, lastTaken + 1.0);
  }

  /**
   * Puts a frame here, in place of an older one that nobody took.
   *
   * @param offered owned by this place from now on
   * @return whether it is here; otherwise it is closed
   */
  public synchronized boolean offer(DecodedFrame offered) {
    long time = offered.mediaTime();
    long newest = frame == null ? lastTaken : frame.mediaTime();
    if (closed || time <= newest || time < due - 1) {
      offered.close();
      if (!closed) {
        skipped.accept(time <= newest ? SkipReason.OUT_OF_ORDER : unwanted());
      }
      return false;
    }
    if (frame != null) {
      frame.close();
      boolean lost = time >= due + spacing;
      due = lost ? due + spacing * Math.floor((time - due) / spacing) : due;
      skipped.accept(lost ? SkipReason.BUSY : unwanted());
    } else if (due < time - spacing) {
      due = time; // The first for long: the grid begins anew.
    }
    frame = offered;
    return true;
  }

  private SkipReason unwanted() {
    return idle ? SkipReason.IDLE : SkipReason.RATE;
  }

  /** The media time of the frame that is here, 1/90000 s; the largest there is where none is. */
  public synchronized long waiting() {
    return frame == null ? Long.MAX_VALUE : frame.mediaTime();
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
