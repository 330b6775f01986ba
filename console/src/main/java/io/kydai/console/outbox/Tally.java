package io.kydai.console.outbox;

/** Counts what becomes of the events of a destination. */
public interface Tally {
  /** An event was delivered. */
  void delivered();

  /** An event was not to be told any more. */
  default void dropped() {}

  /** An attempt failed, whether it is repeated or not. */
  void failed();

  /** The delivery of an event was given up. */
  void dead();
}
