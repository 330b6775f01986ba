package io.kydai.analytics.rules;

import io.kydai.ingest.CameraId;
import java.time.Instant;
import java.util.Optional;

/**
 * Knows what a traffic signal shows: from a controller, or from whatever reads a signal head's
 * lamps. Asked by the thread that analyses the camera, on each crossing of a stop line: it answers
 * from memory, at once.
 */
public interface SignalFeed {
  /** What a signal shows to those who want to go on. */
  enum Light {
    RED,
    AMBER,
    GREEN
  }

  /**
   * @param signal as the rule's {@code signal} names it
   * @param when on the wall clock, not later than the newest frame
   * @return empty while it is not known; then nobody is accused
   */
  Optional<Light> shown(CameraId camera, String signal, Instant when);
}
