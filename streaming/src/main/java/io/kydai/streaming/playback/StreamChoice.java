package io.kydai.streaming.playback;

import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.playback.Coverage.Span;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which of a camera's two recorded streams is shown: the main stream where there is one, and the
 * sub-stream in its holes, each from its first key frame there on.
 */
public final class StreamChoice {
  /** What the clocks of two files differ by at most where one follows the other. */
  private static final Duration TOLERANCE = Duration.ofMillis(20);

  private StreamChoice() {}

  /**
   * Returns what is shown of each file.
   *
   * @param files where each is; the sub-stream is shown where the main stream's disk is not there
   * @param segments of one camera, of both streams
   * @return in the order of their beginning; those of the sub-stream are cut to what the main
   *     stream leaves of them, and may be there several times, or not at all
   */
  public static List<Segment> of(SegmentFiles files, List<Segment> segments) {
    if (segments.stream().map(Segment::stream).distinct().count() < 2) {
      return segments;
    }
    Coverage main =
        Coverage.of(
            segments.stream()
                .filter(one -> one.stream() == StreamRole.MAIN && files.path(one) != null)
                .map(one -> new Span(one.start(), end(one)))
                .toList());
    List<Segment> shown = new ArrayList<>();
    for (Segment one : segments) {
      if (one.stream() == StreamRole.MAIN) {
        shown.add(one);
      } else {
        main.holes(one.start(), end(one)).forEach(hole -> shown.add(cut(one, hole)));
      }
    }
    shown.sort(Comparator.comparing(Segment::start));
    return shown;
  }

  private static Instant end(Segment segment) {
    return segment.open() ? Instant.MAX : segment.end();
  }

  /** Returns a segment that begins and ends where a hole does, with its share of the bytes. */
  private static Segment cut(Segment whole, Span hole) {
    boolean open = whole.open() && hole.to().equals(Instant.MAX);
    Instant from = hole.from().isBefore(whole.end()) ? hole.from() : whole.end();
    Instant to = open || hole.to().isAfter(whole.end()) ? whole.end() : hole.to();
    double length = Duration.between(whole.start(), whole.end()).toMillis();
    double share = length > 0 ? Duration.between(from, to).toMillis() / length : 1;
    return new Segment(
        whole.camera(),
        whole.file(),
        hole.from(),
        open ? later(hole.from(), whole.end()) : hole.to(),
        Math.round(whole.bytes() * share),
        open,
        whole.disk());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Returns the fragments of a file that are shown, the first of them a key frame: all of the main
   * stream, of a sub-stream what lies in its segment.
   */
  public static List<RecordedFragment> shown(Segment segment, List<RecordedFragment> fragments) {
    if (segment.stream() == StreamRole.MAIN) {
      return fragments;
    }
    Instant from = segment.start().minus(TOLERANCE);
    Instant to = segment.open() ? Instant.MAX : segment.end().plus(TOLERANCE);
    return fragments.stream()
        .filter(one -> !one.wallClock().isBefore(from) && !one.wallClockEnd().isAfter(to))
        .dropWhile(one -> !one.keyFrame())
        .toList();
  }

  /**
   * Returns when neither stream was recorded, and why: of two reasons, the main stream's.
   *
   * @param shown as {@link #of} returns them, on disks that are there
   * @param gaps of both streams
   */
  public static List<Gap> gaps(List<Segment> shown, List<Gap> gaps) {
    boolean isOne =
        Stream.concat(shown.stream().map(Segment::stream), gaps.stream().map(Gap::stream))
                .distinct()
                .count()
            < 2;
    if (isOne) {
      return gaps;
    }
    List<Gap> left = new ArrayList<>();
    Coverage sub = Coverage.of(spans(shown, StreamRole.SUB));
    List<Span> ofMain = new ArrayList<>(spans(shown, StreamRole.MAIN));
    gaps.stream()
        .filter(gap -> gap.stream() == StreamRole.MAIN)
        .forEach(gap -> ofMain.add(new Span(gap.from(), gap.to())));
    Coverage main = Coverage.of(ofMain);
    for (Gap gap : gaps) {
      Coverage other = gap.stream() == StreamRole.MAIN ? sub : main;
      for (Span hole : other.holes(gap.from(), gap.to())) {
        left.add(new Gap(gap.camera(), gap.stream(), hole.from(), hole.to(), gap.reason()));
      }
    }
    return left;
  }

  private static List<Span> spans(List<Segment> shown, StreamRole stream) {
    return shown.stream()
        .filter(one -> one.stream() == stream)
        .map(one -> new Span(one.start(), end(one)))
        .toList();
  }
}
