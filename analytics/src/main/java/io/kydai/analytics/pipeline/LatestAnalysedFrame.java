package io.kydai.analytics.pipeline;

import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.analytics.observation.Frame;
import io.kydai.analytics.observation.Observation;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest analysed frame of a camera, to lend it to whoever asks. A reader holds a
 * reference of its own while it reads, so that it delays nobody. Any thread.
 */
final class LatestAnalysedFrame implements AutoCloseable {
  private @Nullable Analysed newest;
  private boolean closed;

  private record Analysed(DecodedFrame frame, Observation observation) {}

  /** Takes one reference of its own. */
  synchronized void replace(DecodedFrame frame, Observation its) {
    if (!closed) {
      drop();
      newest = new Analysed(frame.retain(), its);
    }
  }

  <T> Optional<T> with(BiFunction<Frame, Observation, T> reader) {
    DecodedFrame borrowed;
    Observation its;
    synchronized (this) {
      if (newest == null) {
        return Optional.empty();
      }
      borrowed = newest.frame().retain();
      its = newest.observation();
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
    if (newest != null) {
      newest.frame().close();
      newest = null;
    }
  }
}
