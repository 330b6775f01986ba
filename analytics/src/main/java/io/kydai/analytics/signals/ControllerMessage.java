package io.kydai.analytics.signals;

import static java.util.Objects.requireNonNull;

import io.kydai.analytics.rules.settings.SignalFeed.Light;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a signal's controller says of it.
 *
 * @param light null where it does not know, or the signal is off
 * @param since it shows this
 * @param until this word holds, unless another comes; after that nothing is known
 * @param told when the message came, by the node's clock
 */
public record ControllerMessage(@Nullable Light light, Instant since, Instant until, Instant told) {
  /**
   * @throws IllegalArgumentException when it holds for no time
   */
  public ControllerMessage {
    requireNonNull(told);
    if (!since.isBefore(until)) {
      throw new IllegalArgumentException("until " + until + " is not after since " + since);
    }
  }
}
