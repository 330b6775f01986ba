package io.kydai.ingest.onvif;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a camera reports.
 *
 * @param kind what the camera detected
 * @param active true when the condition begins or continues, false when it ended
 * @param initial whether the event gives the state at the start of the subscription and not a
 *     change
 * @param source the camera's identifier of the video source or analytics rule; null when the camera
 *     gives none
 * @param cameraTime the time by the camera's clock; null when the camera gives none
 */
public record OnvifEvent(
    Kind kind,
    boolean active,
    boolean initial,
    @Nullable String source,
    @Nullable Instant cameraTime) {

  /** What the camera detected. */
  public enum Kind {
    MOTION,
    /** The camera was moved, covered or painted over. */
    TAMPER,
    TOO_DARK,
    TOO_BRIGHT,
    TOO_BLURRY,
    SIGNAL_LOST
  }
}
