package io.kydai.streaming.live.hls;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.live.event.Fragment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream's pictures into parts and segments. A picture's duration is known when the next one
 * is there, so a part is published one picture late, and its duration is exact.
 *
 * <ul>
 *   <li>A segment ends before the first key frame after {@value #LEAST_MILLIS} ms, and at the
 *       latest after {@value #MOST_MILLIS} ms (rounded, the target duration), where the next
 *       segment begins with a picture that refers to this one's.
 *   <li>A part ends where the next picture would make it longer than the target. Where it is too
 *       short for the rule then, its segment ends with it, for the last part may be short.
 *   <li>A picture that lasts longer than a part may begins a segment without parts, which ends
 *       after {@value #PARTLESS_MILLIS} ms: a camera that is slower now than at its stream's
 *       beginning is shown in segments, as to players that know no parts.
 *   <li>After a gap, or with other parameters, a segment begins with a discontinuity.
 * </ul>
 *
 * <p>Bound: the pictures of a part, or of a segment without parts, are held until they are
 * published; that is at most {@value #MOST_MILLIS} ms. One thread at a time.
 */
final class SegmentCutter {
  static final int LEAST_MILLIS = 1_900;
  static final int MOST_MILLIS = 4_400;
  static final int PARTLESS_MILLIS = 1_000;
  static final long MOST = MediaTime.ticksOfMillis(MOST_MILLIS);

  private static final long LEAST = MediaTime.ticksOfMillis(LEAST_MILLIS);
  private static final long PARTLESS = MediaTime.ticksOfMillis(PARTLESS_MILLIS);

  /** What came next is not known then. */
  private static final long LONGEST_LAST = MediaTime.ticksOfSeconds(1L);

  private final SegmentWindow window;
  private final PartTarget target;

  /** The pictures that are not published yet, in decoding order. */
  private final List<Fragment> pending = new ArrayList<>();

  private @Nullable InitialisationMap map;
  private long segmentStart;

  /** Between the last two pictures, 1/90000 s: as long as the newest is taken to last. */
  private long step;

  private boolean partless;
  private boolean published;
  private boolean discontinuity;
  private boolean waitingForKeyFrame;

  SegmentCutter(SegmentWindow window, PartTarget target) {
    this.window = window;
    this.target = target;
  }

  /** Ends what is there; the next picture, with this map, does not go on from it. */
  void turn(InitialisationMap next) {
    interrupt();
    map = next;
  }

  /** Ends what is there, with the durations that its last picture is taken to have. */
  void interrupt() {
    if (!pending.isEmpty()) {
      Fragment last = pending.get(pending.size() - 1);
      long end = last.time() + Math.min(step, LONGEST_LAST);
      if (partless) {
        window.close(pending, Math.min(MOST, end - segmentStart));
      } else {
        window.part(pending, Math.min(target.ticks(), end - partStart()));
        window.close();
      }
      pending.clear();
      discontinuity = true;
    }
  }

  /** Whether a part is to be expected next. */
  boolean expectsPart() {
    return !partless;
  }

  void add(Fragment next) {
    long time = next.time();
    if (!pending.isEmpty() && time - last().time() >= MOST) {
      // No segment may last as long as this picture is shown: what comes is a new beginning.
      interrupt();
      waitingForKeyFrame = true;
    }
    if (waitingForKeyFrame && !next.keyFrame()) {
      return;
    }
    waitingForKeyFrame = false;
    if (pending.isEmpty()) {
      step = next.duration();
      begin(next);
      return;
    }
    step = time - last().time();
    if (!partless && time - partStart() > target.ticks()) {
      leaveLongPicture(time);
    }
    if (partless) {
      addToSegment(next, time);
    } else {
      addToPart(next, time);
    }
  }

  private Fragment last() {
    return pending.get(pending.size() - 1);
  }

  private long partStart() {
    return pending.get(0).time();
  }

  /** The newest picture lasted longer than was foreseen: the part ends before it. */
  private void leaveLongPicture(long time) {
    Fragment longer = pending.remove(pending.size() - 1);
    if (!pending.isEmpty()) {
      publish(longer.time(), longer);
    } else {
      pending.add(longer);
    }
    if (time - longer.time() > target.ticks()) {
      if (published) {
        window.close();
        begin(longer);
      }
      partless = true;
    }
  }

  private void addToSegment(Fragment next, long time) {
    if (time - segmentStart > MOST && pending.size() > 1) {
      // The newest picture lasted longer than was foreseen: the segment ends before it.
      Fragment longer = pending.remove(pending.size() - 1);
      window.close(pending, longer.time() - segmentStart);
      begin(longer);
      partless = true;
    }
    long length = time - segmentStart;
    boolean fits = length + step <= MOST;
    if (length >= PARTLESS && (next.keyFrame() || length >= LEAST || !fits) || !fits) {
      window.close(pending, length);
      begin(next);
    } else {
      pending.add(next);
    }
  }

  private void addToPart(Fragment next, long time) {
    if (next.keyFrame() && time - segmentStart >= LEAST) {
      window.part(pending, time - partStart());
      window.close();
      begin(next);
      return;
    }
    boolean full = time + step - partStart() > target.ticks();
    boolean early = next.keyFrame() && target.isEnough(time - partStart());
    if (full || early) {
      publish(time, next);
    } else {
      pending.add(next);
    }
  }

  /** Publishes the pending pictures as a part, and goes on with the next in what it belongs to. */
  private void publish(long end, Fragment next) {
    long duration = end - partStart();
    boolean stands = target.isEnough(duration) || pending.stream().anyMatch(Fragment::keyFrame);
    window.part(pending, duration);
    published = true;
    if (stands && end - segmentStart + target.ticks() <= MOST) {
      pending.clear();
      pending.add(next);
    } else {
      window.close();
      begin(next);
    }
  }

  private void begin(Fragment first) {
    pending.clear();
    pending.add(first);
    segmentStart = first.time();
    partless = false;
    published = false;
    window.open(first, requireNonNull(map), discontinuity);
    discontinuity = false;
  }
}
