package io.kydai.analytics.signals;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one of a camera's signals.
 *
 * @param signal as rules name it
 * @param shown what is believed; null while that is nothing
 * @param lamps what its lamps show; null where no zone is drawn around them
 * @param told the newest message of its controller, which may have expired; null where there is
 *     none
 */
public record SignalState(
    String signal, @Nullable Shown shown, @Nullable Lamps lamps, @Nullable ControllerMessage told) {
  /** Without a picture for so long, what lamps showed is no longer what they show. */
  static final Duration PICTURES_WITHIN = Duration.ofSeconds(10);

  public SignalState {
    requireNonNull(signal);
  }

  /**
   * What its lamps show on the camera's pictures.
   *
   * @param shown what is read; null while that is nothing
   * @param doubt why nothing is read, for people; null while something is
   */
  public record Lamps(@Nullable Shown shown, @Nullable String doubt) {}
}
