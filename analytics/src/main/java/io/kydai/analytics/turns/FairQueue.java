package io.kydai.analytics.turns;

import java.util.Comparator;
import java.util.TreeSet;

/**
 * A queue in which each member's share of the time goes by its weight. Not thread-safe; knows
 * nothing of clocks and threads.
 *
 * <p>This is start-time fair queueing as used for processors (Goyal, Guo and Vin, "A Hierarchical
 * CPU Scheduler for Multimedia Operating Systems", OSDI 1996): each place has a start tag in
 * virtual time; the smallest is next, and virtual time stands at the start tag of the newest turn.
 * A turn of length {@code cost} moves its place on by {@code cost / weight}. How long a turn takes
 * need be known only when it is over.
 *
 * <ul>
 *   <li>Places that always want more share the time in proportion to their weights; what one does
 *       not use goes to the others.
 *   <li>Whoever comes (back) starts at the present virtual time: neither behind the others nor with
 *       credit for the time in which it wanted nothing. The same holds, where several turns run
 *       beside each other, for a place whose weight entitles it to more than one of them.
 *   <li>Nobody starves: while a place waits, another of weight {@code w} gets at most one turn
 *       beyond {@code w} times the virtual time that its last turn had moved it ahead.
 *   <li>Equal tags are served in the order in which they came.
 * </ul>
 *
 * Each operation takes time logarithmic in the number of those who wait, each of which stands in
 * the line once.
 */
final class FairQueue<T> {
  /** Somebody's place; it is kept while they are not in the line. */
  static final class Place<T> {
    private final T owner;
    private double start;
    private double finish;
    private long number;

    private Place(T owner) {
      this.owner = owner;
    }

    T owner() {
      return owner;
    }
  }

  private final TreeSet<Place<T>> waiting =
      new TreeSet<>(
          Comparator.comparingDouble((Place<T> place) -> place.start)
              .thenComparingLong(place -> place.number));
  private double virtualTime;
  private long entered;

  Place<T> place(T owner) {
    return new Place<>(owner);
  }

  /** Puts a place that is not there into the line. */
  void enter(Place<T> place) {
    place.start = Math.max(virtualTime, place.finish);
    place.number = entered++;
    waiting.add(place);
  }

  /** Takes the next place out of the line, or returns null when nobody waits. */
  Place<T> next() {
    Place<T> next = waiting.pollFirst();
    if (next != null) {
      virtualTime = next.start;
    }
    return next;
  }

  /**
   * Says what the turn of a place that was {@link #next} has taken, before it enters again.
   *
   * @param cost of any unit, the same for all; 0 or more
   * @param weight above 0
   */
  void spent(Place<T> place, double cost, double weight) {
    place.finish = place.start + cost / weight;
  }

  /** Takes a place out of the line, if it is there. */
  void leave(Place<T> place) {
    waiting.remove(place);
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }
}
