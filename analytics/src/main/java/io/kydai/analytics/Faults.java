package io.kydai.analytics;

import io.kydai.ingest.CameraId;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong with one camera's analysis. A fault that comes with every frame is logged once a
 * minute, not once a frame. Any thread.
 */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Analytics.class);
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final CameraId camera;
  private String last;
  private long loggedNanos;
  private long unlogged;

  Faults(CameraId camera) {
    this.camera = camera;
  }

  /** Something that cameras and networks do: worth a line, not a stack trace. */
  void record(String what, String why) {
    note(what + ": " + why, null);
  }

  /** Something that should not happen. */
  void record(String what, Exception why) {
    note(what + ": " + why, why);
  }

  private synchronized void note(String message, Exception cause) {
    long now = System.nanoTime();
    if (message.equals(last) && now - loggedNanos < QUIET_NANOS) {
      unlogged++;
      return;
    }
    LOG.warn("{}: {} ({} like the one before not logged)", camera, message, unlogged, cause);
    last = message;
    loggedNanos = now;
    unlogged = 0;
  }

  /** The newest fault. */
  synchronized Optional<String> last() {
    return Optional.ofNullable(last);
  }
}
