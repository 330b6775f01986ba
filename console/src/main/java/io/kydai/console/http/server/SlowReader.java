package io.kydai.console.http.server;

import io.kydai.console.http.access.Requester;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How long a client lets a worker wait. It may for {@code patience}, which each piece that it takes
 * restores by a part, so that one that reads steadily never is slow. One that has used it up is a
 * slow one, of which there are at most as many as {@link Admissions} has places, and is cut off
 * where there is none. For one thread.
 */
final class SlowReader implements AutoCloseable {
  /** What a piece of 64 KiB restores, in milliseconds: 2 Mbit/s are steady. */
  private static final long RESTORED = 250;

  private final Admissions slow;
  private final Requester requester;
  private final long patience;
  private long patienceLeft;
  private Admissions.@Nullable Place place;

  /**
   * @param patienceMillis how long it may let a worker wait
   */
  SlowReader(Admissions slow, Requester requester, long patienceMillis) {
    this.slow = slow;
    this.requester = requester;
    patience = patienceMillis;
    patienceLeft = patienceMillis;
  }

  /** How long to wait before {@link #tired} is asked, in milliseconds; 0 where it need not be. */
  long patienceMillis() {
    return place == null ? Math.max(1, patienceLeft) : 0;
  }

  /** Counts how long it has let wait for a piece. */
  void waited(long millis) {
    patienceLeft = Math.min(patience, patienceLeft - millis + RESTORED);
  }

  /**
   * Lets it go on as a slow one.
   *
   * @throws IOException when there are too many of them
   */
  void tired() throws IOException {
    Admissions.Place taken = slow.enter(requester);
    if (taken.none()) {
      throw new IOException("the client reads slowly, as too many do");
    }
    place = taken;
  }

  @Override
  public void close() {
    if (place != null) {
      place.close();
    }
  }
}
