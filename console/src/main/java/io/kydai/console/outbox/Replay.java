package io.kydai.console.outbox;

import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters of all destinations that were let wait for delivery again.
 *
 * @param replayed how many wait again
 * @param left how many stay dead, because as many wait for their destination as may
 */
public record Replay(int replayed, int left) {
  /**
   * Lets dead letters wait again, from now on and with all of their attempts.
   *
   * @param db the caller's transaction
   * @param event the only event; null for all
   */
  public static Replay of(Handle db, Outbox outbox, @Nullable String event, Instant now) {
    int replayed = 0;
    int left = 0;
    List<String> destinations = outbox.destinationsOfDead(db);
    for (String destination : destinations) {
      DestinationRows rows = outbox.rows(db, destination);
      int dead = rows.dead(event);
      if (rows.waiting() + dead > outbox.maxPending()) {
        left += dead;
      } else if (dead > 0) {
        replayed += rows.replay(event, now);
      }
    }
    return new Replay(replayed, left);
  }
}
