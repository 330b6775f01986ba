package io.kydai.analytics.pipeline;

import io.kydai.ingest.source.CameraId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong with one camera's analysis. Of each step's faults one is logged a minute, however
 * they change. Any thread.
 */
final class ThrottledFaultLog {
  private static final Logger LOG = LoggerFactory.getLogger(ThrottledFaultLog.class);
  private static final long QUIET_NANOS = Duration.ofMinutes(1).toNanos();

  private final CameraId camera;
  // A handful of steps: decode, motion, analysis, rules, listener.
  private final Map<String, Logged> byStep = new HashMap<>();
  private @Nullable String last;

  private static final class Logged {
    private final long nanos;
    private long unlogged;

    private Logged(long nanos) {
      this.nanos = nanos;
    }
  }

  ThrottledFaultLog(CameraId camera) {
    this.camera = camera;
  }

  /** Something that cameras and networks do: worth a line, not a stack trace. */
  void record(String what, @Nullable String why) {
    note(what, what + ": " + why, null);
  }

  /** Something that should not happen. */
  void record(String what, Exception why) {
    note(what, what + ": " + why, why);
  }

  private synchronized void note(String step, String message, @Nullable Exception cause) {
    last = message;
    long now = System.nanoTime();
    Logged before = byStep.get(step);
    if (before != null && now - before.nanos < QUIET_NANOS) {
      before.unlogged++;
      return;
    }
    long unlogged = before == null ? 0 : before.unlogged;
    LOG.warn(
        "{}: {} ({} of this step since the last not logged)", camera, message, unlogged, cause);
    byStep.put(step, new Logged(now));
  }

  /** The newest fault. */
  synchronized Optional<String> last() {
    return Optional.ofNullable(last);
  }
}
