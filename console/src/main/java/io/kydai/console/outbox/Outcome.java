package io.kydai.console.outbox;

import static java.util.Objects.requireNonNull;

/**
 * What became of an attempt.
 *
 * @param kind what follows from it
 * @param why the outcome as a text, without a secret
 */
public record Outcome(Kind kind, String why) {
  /** What follows from an attempt. */
  public enum Kind {
    /** The destination has the event. */
    DELIVERED,
    /** The event is not to be told any more, which is no fault. */
    DROPPED,
    /** The attempt failed, and is repeated. */
    FAILED,
    /** The destination refuses the event for good. */
    REFUSED
  }

  public Outcome {
    requireNonNull(kind);
    requireNonNull(why);
  }

  /** Returns whether the event is done with, without a fault. */
  boolean done() {
    return kind == Kind.DELIVERED || kind == Kind.DROPPED;
  }
}
