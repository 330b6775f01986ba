package io.kydai.analytics.pipeline;

import io.kydai.ingest.media.AccessUnit;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;

/**
 * Access units of one camera on their way from its event loop to a decode thread. Any thread; no
 * call waits.
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>what</th><th>bound</th><th>beyond it</th></tr>
 * <tr><td>access units</td><td>{@value #MAX_UNITS}</td>
 *     <td rowspan="2">what is older than the newest key frame here is dropped; when that makes no
 *     room, or there is no key frame, all is dropped up to the next key frame. Each is
 *     counted</td></tr>
 * <tr><td>their bytes</td><td>{@value #MAX_BYTES}</td></tr>
 * </table>
 */
final class AccessUnitQueue {
  static final int MAX_UNITS = 64;
  static final int MAX_BYTES = 24 << 20;

  /** An access unit, and {@link System#nanoTime} when it came. */
  record Arrival(AccessUnit unit, long nanos) {}

  private final ArrayDeque<Arrival> units = new ArrayDeque<>();
  private long bytes;
  private boolean awaitingKeyFrame;
  private boolean closed;

  /**
   * Takes an access unit.
   *
   * @return how many access units were dropped for it, itself included
   */
  synchronized int offer(AccessUnit unit, long nanos) {
    if (closed) {
      return 0;
    }
    int dropped = 0;
    if (!fits(unit)) {
      dropped += dropToNewestKeyFrame();
    }
    if (!fits(unit)) {
      dropped += units.size();
      units.clear();
      bytes = 0;
      awaitingKeyFrame = true;
    }
    if (awaitingKeyFrame && !startsHere(unit) || !fits(unit)) {
      return dropped + 1;
    }
    awaitingKeyFrame = false;
    units.add(new Arrival(unit, nanos));
    bytes += unit.size();
    return dropped;
  }

  private boolean fits(AccessUnit unit) {
    return units.size() < MAX_UNITS && bytes + unit.size() <= MAX_BYTES;
  }

  /** A damaged key frame is none: decoding goes on at the next one that is whole. */
  private static boolean startsHere(AccessUnit unit) {
    return unit.keyFrame() && !unit.damaged();
  }

  private int dropToNewestKeyFrame() {
    Iterator<Arrival> newestFirst = units.descendingIterator();
    int kept = 0;
    boolean found = false;
    while (!found && newestFirst.hasNext()) {
      kept++;
      found = startsHere(newestFirst.next().unit());
    }
    int dropped = found ? units.size() - kept : 0;
    for (int i = 0; i < dropped; i++) {
      bytes -= units.remove().unit().size();
    }
    return dropped;
  }

  synchronized Optional<Arrival> poll() {
    Arrival first = units.poll();
    if (first != null) {
      bytes -= first.unit().size();
    }
    return Optional.ofNullable(first);
  }

  synchronized boolean isEmpty() {
    return units.isEmpty();
  }

  /** Forgets what is here and what will come. */
  synchronized void close() {
    closed = true;
    units.clear();
    bytes = 0;
  }
}
