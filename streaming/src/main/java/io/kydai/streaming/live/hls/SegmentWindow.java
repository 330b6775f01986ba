package io.kydai.streaming.live.hls;

import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.live.event.Fragment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The newest segments of a stream: those that the playlist lists, and those that were listed not
 * long ago, which players may still ask for. One thread at a time.
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>listed</td><td>{@value #LISTED_SECONDS} s and one segment</td><td>the oldest is not
 *       listed any more</td></tr>
 *   <tr><td>kept</td><td>as long again as the playlist and the segment last, from when the segment
 *       was first listed (rfc8216bis, section 6.2.2)</td><td>the oldest is forgotten</td></tr>
 *   <tr><td>bytes</td><td>{@value #MOST_BYTES}</td><td>the oldest is forgotten, first of those that
 *       are not listed, then of those that are: a camera of more than 9 Mbit/s has a shorter
 *       playlist</td></tr>
 * </table>
 *
 * <p>The segment that goes on, which lasts {@value SegmentCutter#MOST_MILLIS} ms at most, is never
 * forgotten, and may come on top. A segment's parts and the whole are the same bytes.
 */
final class SegmentWindow {
  static final int LISTED_SECONDS = 8 * LiveWindow.TARGET_SECONDS;
  static final long MOST_BYTES = 48L << 20;

  private static final long LISTED = MediaTime.ticksOfSeconds((long) LISTED_SECONDS);
  private static final Duration CLOCK_SLACK = Duration.ofSeconds(1);

  private final Deque<HlsSegment> forgotten = new ArrayDeque<>();
  private final Deque<HlsSegment> listed = new ArrayDeque<>();
  private @Nullable HlsSegment open;
  private @Nullable Instant datedUntil;
  private long nextSequence;
  private long nextPart;
  private long discontinuities;
  private long listedTicks;
  private long bytes;
  private boolean ended;
  private long revision;

  /**
   * @param firstSequence the first segment's media sequence number
   */
  SegmentWindow(long firstSequence) {
    nextSequence = firstSequence;
  }

  /** Begins a segment with a picture; the one before has been closed. */
  void open(Fragment first, InitialisationMap map, boolean discontinuity) {
    Instant taken = first.wallClock();
    // A date that was told before must not mean two pictures (section 6.2.1).
    Instant until = datedUntil;
    boolean dated = until == null || !taken.isBefore(until.minus(CLOCK_SLACK));
    open =
        new HlsSegment(
            nextSequence++, discontinuity, map, first.time(), taken, dated, List.of(), 0, null);
  }

  /** Adds a part to the open segment. */
  void part(List<Fragment> pictures, long duration) {
    HlsSegment to = opened();
    HlsPart part =
        new HlsPart(
            nextPart++, duration, pictures.stream().anyMatch(Fragment::keyFrame), media(pictures));
    List<HlsPart> parts = new ArrayList<>(to.parts());
    parts.add(part);
    bytes += part.media().size();
    revision++;
    open = grown(to, parts, to.duration() + duration, null);
  }

  /** Ends the open segment, whose parts are the whole. */
  void close() {
    HlsSegment whole = opened();
    add(
        grown(
            whole,
            whole.parts(),
            whole.duration(),
            MediaBytes.joined(whole.parts().stream().map(HlsPart::media).toList())));
  }

  /** Ends the open segment, which has no parts, with its pictures. */
  void close(List<Fragment> pictures, long duration) {
    MediaBytes media = media(pictures);
    bytes += media.size();
    add(grown(opened(), List.of(), duration, media));
  }

  private static HlsSegment grown(
      HlsSegment segment, List<HlsPart> parts, long duration, @Nullable MediaBytes media) {
    return new HlsSegment(
        segment.sequence(),
        segment.discontinuity(),
        segment.map(),
        segment.start(),
        segment.wallClock(),
        segment.dated(),
        parts,
        duration,
        media);
  }

  private static MediaBytes media(List<Fragment> pictures) {
    return new MediaBytes(pictures.stream().map(Fragment::segment).toList());
  }

  private HlsSegment opened() {
    HlsSegment segment = open;
    if (segment == null) {
      throw new IllegalStateException("no segment is open");
    }
    return segment;
  }

  private void add(HlsSegment whole) {
    open = null;
    revision++;
    if (whole.dated()) {
      datedUntil = whole.wallClock().plusNanos(MediaTime.nanos(whole.duration()));
    }
    listed.add(whole);
    listedTicks += whole.duration();
    while (listedTicks - first(listed).duration() >= LISTED) {
      unlist();
    }
    long kept = forgotten.stream().mapToLong(HlsSegment::duration).sum();
    while (!forgotten.isEmpty() && isOver(kept)) {
      kept -= first(forgotten).duration();
      forget();
    }
    while (bytes > MOST_BYTES && (!forgotten.isEmpty() || listed.size() > 1)) {
      if (forgotten.isEmpty()) {
        unlist();
      }
      forget();
    }
  }

  /**
   * A segment was first listed at its end; since then the stream has gone on by what follows it.
   */
  private boolean isOver(long kept) {
    long since = kept + listedTicks - first(forgotten).duration();
    return since >= first(forgotten).duration() + LISTED + 2 * SegmentCutter.MOST;
  }

  private static HlsSegment first(Deque<HlsSegment> segments) {
    return segments.getFirst();
  }

  private void unlist() {
    HlsSegment oldest = listed.removeFirst();
    listedTicks -= oldest.duration();
    discontinuities += oldest.discontinuity() ? 1 : 0;
    forgotten.add(oldest);
  }

  private void forget() {
    MediaBytes media = forgotten.removeFirst().media();
    bytes -= media == null ? 0 : media.size();
  }

  /** Nothing comes any more; the open segment has been closed. */
  void end() {
    ended = true;
    revision++;
  }

  /** Another number whenever what a playlist tells has changed. */
  long revision() {
    return revision;
  }

  long nextSequence() {
    return nextSequence;
  }

  /** The bytes of media that are kept. */
  long bytes() {
    return bytes;
  }

  /** What a playlist tells of it now. */
  LiveWindow now(PartTarget target, boolean hint) {
    HlsSegment segment = open;
    return new LiveWindow(
        new ArrayList<>(listed),
        segment != null && segment.parts().isEmpty() ? null : segment,
        discontinuities,
        target,
        hint && !ended ? nextPart : -1,
        ended);
  }

  /** The segment of a number, as far as it is kept and whole. */
  Optional<HlsSegment> segment(long sequence) {
    for (Deque<HlsSegment> segments : List.of(listed, forgotten)) {
      for (HlsSegment segment : segments) {
        if (segment.sequence() == sequence) {
          return Optional.of(segment);
        }
      }
    }
    return Optional.empty();
  }

  /** A map that a kept segment has. */
  Optional<InitialisationMap> map(long number) {
    HlsSegment going = open;
    if (going != null && going.map().number() == number) {
      return Optional.of(going.map());
    }
    for (Deque<HlsSegment> segments : List.of(listed, forgotten)) {
      for (HlsSegment segment : segments) {
        if (segment.map().number() == number) {
          return Optional.of(segment.map());
        }
      }
    }
    return Optional.empty();
  }

  /** The segment that has a part of a number, as far as it is kept. */
  Optional<HlsSegment> withPart(long number) {
    HlsSegment going = open;
    if (going != null && has(going, number)) {
      return Optional.of(going);
    }
    for (Deque<HlsSegment> segments : List.of(listed, forgotten)) {
      for (HlsSegment segment : segments) {
        if (has(segment, number)) {
          return Optional.of(segment);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean has(HlsSegment segment, long number) {
    List<HlsPart> parts = segment.parts();
    return !parts.isEmpty()
        && number >= parts.get(0).number()
        && number <= parts.get(parts.size() - 1).number();
  }
}
