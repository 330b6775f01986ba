package io.kydai.analytics.signals;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.rules.settings.SignalFeed.Shown;
import java.time.Duration;
import java.util.Optional;

/**
 * What is known of one of a camera's signals.
 *
 * @param signal as rules name it
 * @param shown what is believed; empty while that is nothing
 * @param lamps what its lamps show; empty where no zone is drawn around them
 * @param told the newest message of its controller, which may have expired; empty where there is
 *     none
 */
public record SignalState(
    String signal, Optional<Shown> shown, Optional<Lamps> lamps, Optional<ControllerMessage> told) {
  /** Without a picture for so long, what lamps showed is no longer what they show. */
  static final Duration PICTURES_WITHIN = Duration.ofSeconds(10);

  public SignalState {
    requireNonNull(signal);
    requireNonNull(shown);
    requireNonNull(lamps);
    requireNonNull(told);
  }

  /**
   * What its lamps show on the camera's pictures.
   *
   * @param doubt why nothing is read, for people; empty while something is
   */
  public record Lamps(Optional<Shown> shown, Optional<String> doubt) {
    public Lamps {
      requireNonNull(shown);
      requireNonNull(doubt);
    }
  }
}
