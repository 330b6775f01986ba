package io.kydai.console.http.api.live;

import static java.util.Objects.requireNonNull;

import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.ShownPicture;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.privacy.Privacy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest pictures of cameras with their boxes as JPEG, each made once for all who watch the
 * camera, at most {@value #MOST_PER_SECOND} a second, and none for a camera that nobody watches.
 * Safe for many threads.
 *
 * <p>Bound: {@value #MOST_VIEWERS} viewers of all cameras; the next is refused. One picture is kept
 * of each camera that is watched: who is slow misses those between.
 */
final class MotionPictures implements AutoCloseable {
  static final int MOST_VIEWERS = 8;
  static final int MOST_PER_SECOND = 5;

  private static final Logger LOG = LoggerFactory.getLogger(MotionPictures.class);

  private final Cameras cameras;
  private final ScheduledThreadPoolExecutor maker =
      new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("motion-pictures"));

  /** Guarded by this. */
  private final Map<Shown, Watched> watched = new HashMap<>();

  private int viewers;

  /**
   * @param whole whether the camera's pictures are shown as they are
   */
  private record Shown(CameraId camera, boolean whole) {}

  MotionPictures(Cameras cameras) {
    this.cameras = requireNonNull(cameras);
    maker.setRemoveOnCancelPolicy(true);
  }

  /** A camera that somebody watches; guarded by its own lock. */
  private final class Watched {
    private final Shown shown;
    private final ScheduledFuture<?> making;
    private int viewers;
    private @Nullable ShownPicture newest;

    Watched(Shown shown) {
      this.shown = shown;
      making =
          maker.scheduleWithFixedDelay(
              this::make, 0, 1_000 / MOST_PER_SECOND, TimeUnit.MILLISECONDS);
    }

    private void make() {
      ShownPicture before = newest();
      try {
        cameras
            .picture(
                shown.camera(),
                before == null ? Instant.MIN : before.takenAt(),
                shown.whole() ? Privacy.NONE : cameras.privacy(shown.camera()))
            .ifPresent(this::publish);
      } catch (RuntimeException e) {
        LOG.warn("camera {}: no picture could be made", shown.camera(), e);
      }
    }

    private synchronized @Nullable ShownPicture newest() {
      return newest;
    }

    private synchronized void publish(ShownPicture picture) {
      newest = picture;
      notifyAll();
    }

    /** Waits for a picture after a moment. */
    private synchronized Optional<ShownPicture> after(Instant moment, Duration patience)
        throws InterruptedException {
      long until = System.nanoTime() + patience.toNanos();
      while (newest == null || !newest.takenAt().isAfter(moment)) {
        long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
        if (left <= 0) {
          return Optional.empty();
        }
        wait(left);
      }
      return Optional.of(newest);
    }
  }

  /** One viewer's place; for one thread, but for {@link #close}. */
  final class Viewer implements AutoCloseable {
    private final Watched of;
    private Instant seen;
    private boolean closed;

    private Viewer(Watched of, Instant from) {
      this.of = of;
      this.seen = from;
    }

    /**
     * Waits for the next picture.
     *
     * @return empty when none came in time
     */
    Optional<ShownPicture> next(Duration patience) throws InterruptedException {
      Optional<ShownPicture> next = of.after(seen, patience);
      next.ifPresent(picture -> seen = picture.takenAt());
      return next;
    }

    @Override
    public void close() {
      synchronized (MotionPictures.this) {
        if (!closed) {
          closed = true;
          leave(of);
        }
      }
    }
  }

  /**
   * Takes a viewer in.
   *
   * @param whole whether the camera's pictures are shown as they are
   * @param from only later pictures are shown
   * @return empty when there are too many
   */
  synchronized Optional<Viewer> open(CameraId camera, boolean whole, Instant from) {
    if (isFull()) {
      return Optional.empty();
    }
    viewers++;
    Watched of = watched.computeIfAbsent(new Shown(camera, whole), Watched::new);
    of.viewers++;
    return Optional.of(new Viewer(of, from));
  }

  private void leave(Watched of) {
    viewers--;
    of.viewers--;
    if (of.viewers == 0) {
      of.making.cancel(false);
      watched.remove(of.shown);
    }
  }

  synchronized boolean isFull() {
    return viewers >= MOST_VIEWERS;
  }

  synchronized int count() {
    return viewers;
  }

  @Override
  public void close() {
    maker.shutdownNow();
  }
}
