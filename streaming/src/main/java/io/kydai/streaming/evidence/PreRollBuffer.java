package io.kydai.streaming.evidence;

import io.kydai.analytics.observation.Observation;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A camera's newest past, for clips and recordings that begin before their alert.
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>pictures, by media time</td><td>as asked for, up to the key frame before it</td>
 *       <td>the oldest group of pictures leaves</td></tr>
 *   <tr><td>a gap at the beginning</td><td>10 s</td><td>what lies before it leaves: a clip does not
 *       begin with a picture that stands for minutes</td></tr>
 *   <tr><td>pictures, by bytes</td><td>64 MiB</td><td rowspan=2>the oldest group leaves; where there
 *       is only one, everything leaves and the past begins anew at the next key frame</td></tr>
 *   <tr><td>pictures, by number</td><td>8,192</td></tr>
 *   <tr><td>observations</td><td>as long as the pictures, at most 4,096</td><td>the oldest
 *       leave</td></tr>
 * </table>
 */
public final class PreRollBuffer {
  public static final long MAX_BYTES = 64L << 20;
  static final int MAX_PICTURES = 8192;
  static final int MAX_OBSERVATIONS = 4096;

  private static final long LONGEST_GAP = MediaTime.ticksOfSeconds(10);

  private final long ticks;
  private final long maxBytes;
  private final Deque<Group> groups = new ArrayDeque<>();
  private final Deque<Observation> observations = new ArrayDeque<>();
  private long bytes;
  private int pictures;

  /** A key frame and the pictures up to the next one. */
  private static final class Group {
    final List<AccessUnit> units = new ArrayList<>();
    long bytes;
    long end = Long.MIN_VALUE;

    void add(AccessUnit unit) {
      units.add(unit);
      bytes += unit.size();
      end = Math.max(end, unit.mediaTime());
    }

    long mediaTime() {
      return units.get(0).mediaTime();
    }
  }

  /**
   * Creates an empty buffer.
   *
   * @param ticks how much of the past to keep, 1/90000 s
   * @param maxBytes of pictures that it holds at most
   */
  public PreRollBuffer(long ticks, long maxBytes) {
    this.ticks = ticks;
    this.maxBytes = maxBytes;
  }

  /** Adds the next access unit, in decoding order; one before the first key frame is left out. */
  public void add(AccessUnit unit) {
    if (unit.keyFrame()) {
      groups.addLast(new Group());
    } else if (groups.isEmpty()) {
      return;
    }
    groups.getLast().add(unit);
    bytes += unit.size();
    pictures++;
    while (!groups.isEmpty() && (overfull() || oldestIsPast(unit.mediaTime() - ticks))) {
      Group oldest = groups.removeFirst();
      bytes -= oldest.bytes;
      pictures -= oldest.units.size();
    }
  }

  private boolean overfull() {
    return bytes > maxBytes || pictures > MAX_PICTURES;
  }

  private boolean oldestIsPast(long horizon) {
    if (groups.size() < 2) {
      return false;
    }
    var inOrder = groups.iterator();
    Group oldest = inOrder.next();
    return inOrder.next().mediaTime() <= horizon || oldest.end < horizon - LONGEST_GAP;
  }

  /** Adds the next observation, and drops those that are too old. */
  void add(Observation observation) {
    observations.addLast(observation);
    long oldest = observation.mediaTime() - ticks;
    while (observations.size() > MAX_OBSERVATIONS || observations.getFirst().mediaTime() < oldest) {
      observations.removeFirst();
    }
  }

  /**
   * The pictures, in decoding order, from the newest key frame at or before a time on; from the
   * oldest picture on where none is as old. Pictures before a gap of more than 10 s are left out.
   *
   * @param mediaTime 1/90000 s
   */
  public List<AccessUnit> picturesFrom(long mediaTime) {
    List<AccessUnit> found = new ArrayList<>();
    var newestFirst = groups.descendingIterator();
    while (newestFirst.hasNext()) {
      Group group = newestFirst.next();
      if (group.end < mediaTime - LONGEST_GAP) {
        break;
      }
      found.addAll(0, group.units);
      if (group.mediaTime() <= mediaTime) {
        break;
      }
    }
    return found;
  }

  /**
   * The observations of a time and later, in order.
   *
   * @param mediaTime 1/90000 s
   */
  List<Observation> observationsFrom(long mediaTime) {
    return observations.stream().filter(seen -> seen.mediaTime() >= mediaTime).toList();
  }

  /** Forgets everything; the past begins anew at the next key frame. */
  public void clear() {
    groups.clear();
    observations.clear();
    bytes = 0;
    pictures = 0;
  }

  /** The size of the pictures that are held, in bytes. */
  long bytes() {
    return bytes;
  }
}
