package io.kydai.console.claims;

import static java.util.Objects.requireNonNull;

import io.kydai.console.audit.Actor;
import io.kydai.console.reports.Report;
import java.time.Instant;

/**
 * A reviewer has a report open.
 *
 * @param report the report as it was when it was claimed
 * @param since when the reviewer claimed it first
 * @param until when the claim ends unless it is renewed
 */
public record Claim(Report report, Actor holder, Instant since, Instant until) {
  public Claim {
    requireNonNull(report);
    requireNonNull(holder);
    requireNonNull(since);
    requireNonNull(until);
  }

  /** Returns whether a party is the one that has the report. */
  public boolean heldBy(Actor actor) {
    return holder.kind() == actor.kind() && holder.id().equals(actor.id());
  }
}
