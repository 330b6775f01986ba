package io.kydai.ingest.onvif;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a camera noticed by itself.
 *
 * @param active whether it begins or goes on; false when it ended
 * @param initial whether this is the state at the subscription's start, and no change
 * @param source which of the camera's video sources or rules it was, by the camera's name for it;
 *     null when it does not say
 * @param cameraTime by the camera's clock; null when it does not say
 */
public record OnvifEvent(
    Kind kind,
    boolean active,
    boolean initial,
    @Nullable String source,
    @Nullable Instant cameraTime) {

  /** What it was. */
  public enum Kind {
    MOTION,
    /** The camera was turned, covered or sprayed. */
    TAMPER,
    TOO_DARK,
    TOO_BRIGHT,
    TOO_BLURRY,
    SIGNAL_LOST
  }
}
