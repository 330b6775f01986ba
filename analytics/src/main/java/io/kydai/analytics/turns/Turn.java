package io.kydai.analytics.turns;

/**
 * One piece of a queue's work.
 *
 * @param <W> what a thread of the pool brings along
 */
@FunctionalInterface
public interface Turn<W> {
  /**
   * Does one piece of work.
   *
   * @param worker the thread's own, for the time of this call
   * @return whether more is waiting
   */
  boolean take(W worker);
}
