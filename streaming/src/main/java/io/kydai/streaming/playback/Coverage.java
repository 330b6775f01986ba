package io.kydai.streaming.playback;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The time that some spans cover together, those that all but touch joined. Immutable. */
final class Coverage {
  private static final Duration NO_GAP = Duration.ofMillis(100);

  private final List<Span> spans;

  /** From a moment to one that is not before it. */
  record Span(Instant from, Instant to) {}

  private Coverage(List<Span> spans) {
    this.spans = spans;
  }

  /** Returns what spans in any order cover. */
  static Coverage of(List<Span> some) {
    List<Span> joined = new ArrayList<>();
    for (Span next : some.stream().sorted(Comparator.comparing(Span::from)).toList()) {
      int last = joined.size() - 1;
      if (last < 0 || Duration.between(joined.get(last).to(), next.from()).compareTo(NO_GAP) > 0) {
        joined.add(next);
      } else if (next.to().isAfter(joined.get(last).to())) {
        joined.set(last, new Span(joined.get(last).from(), next.to()));
      }
    }
    return new Coverage(List.copyOf(joined));
  }

  /** Returns what of a span is not covered, in its order; less than 100 ms is nothing. */
  List<Span> holes(Instant from, Instant to) {
    List<Span> holes = new ArrayList<>();
    Instant begin = from;
    for (int i = firstEndingAfter(from); i < spans.size() && begin.isBefore(to); i++) {
      Span next = spans.get(i);
      add(holes, begin, next.from().isBefore(to) ? next.from() : to);
      begin = next.to();
    }
    add(holes, begin, to);
    return holes;
  }

  private int firstEndingAfter(Instant time) {
    int low = 0;
    int high = spans.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (spans.get(middle).to().isAfter(time)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static void add(List<Span> holes, Instant from, Instant to) {
    if (from.isBefore(to) && Duration.between(from, to).compareTo(NO_GAP) > 0) {
      holes.add(new Span(from, to));
    }
  }
}
