package io.kydai.analytics.pipeline;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Keeps the newest analysed frame of a camera, to lend it to whoever asks. A reader holds a
 * reference of its own while it reads, so that it delays nobody. Any thread.
 */
final class LatestAnalysedFrame implements AutoCloseable {
  private DecodedFrame frame;
  private Observation observation;
  private boolean closed;

  /** Takes one reference of its own. */
  synchronized void replace(DecodedFrame newest, Observation its) {
    if (!closed) {
      drop();
      frame = newest.retain();
      observation = its;
    }
  }

  <T> Optional<T> with(BiFunction<Frame, Observation, T> reader) {
    DecodedFrame borrowed;
    Observation its;
    synchronized (this) {
      if (frame == null) {
        return Optional.empty();
      }
      borrowed = frame.retain();
      its = observation;
    }
    try {
      return Optional.ofNullable(reader.apply(borrowed, its));
    } finally {
      borrowed.close();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    drop();
  }

  private void drop() {
    if (frame != null) {
      frame.close();
      frame = null;
    }
  }
}
