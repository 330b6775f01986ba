package io.kydai.console.outbox;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

/** How events travel to a destination. */
@FunctionalInterface
public interface Attempts {
  /**
   * Makes an attempt. Called on the timer's thread.
   *
   * @return the outcome, which never completes exceptionally
   */
  CompletionStage<Outcome> attempt(Outbox.Waiting event, Instant now);
}
