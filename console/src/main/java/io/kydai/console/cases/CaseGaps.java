package io.kydai.console.cases;

import io.kydai.streaming.export.ExportedVideo;
import io.kydai.streaming.recording.index.Gap;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds what an export has no pictures of, by its files, and why, by the index of recordings. */
final class CaseGaps {
  private static final Duration NO_GAP = Duration.ofMillis(100);

  private CaseGaps() {}

  /**
   * A span without pictures.
   *
   * @param reason as of a recording's gap, in lower case with dashes; {@code unknown} where the
   *     index has none
   */
  record Missing(Instant from, Instant to, String reason) {}

  /**
   * Lists what is missing.
   *
   * @param spans of which there are pictures, in their order
   * @param known the gaps of the index
   */
  static List<Missing> of(
      Instant from, Instant to, List<ExportedVideo.Span> spans, List<Gap> known) {
    List<Missing> missing = new ArrayList<>();
    Instant covered = from;
    for (ExportedVideo.Span span : spans) {
      add(missing, covered, earlier(span.from(), to), known);
      covered = later(covered, span.to());
    }
    add(missing, covered, to, known);
    return missing;
  }

  private static void add(List<Missing> missing, Instant from, Instant to, List<Gap> known) {
    Instant at = from;
    for (Gap gap : known) {
      Instant begin = later(at, gap.from());
      Instant end = earlier(to, gap.to());
      if (end.isAfter(begin)) {
        put(missing, at, begin, "unknown");
        put(missing, begin, end, gap.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        at = end;
      }
    }
    put(missing, at, to, "unknown");
  }

  private static void put(List<Missing> missing, Instant from, Instant to, String reason) {
    int last = missing.size() - 1;
    if (last >= 0
        && missing.get(last).to().equals(from)
        && missing.get(last).reason().equals(reason)
        && to.isAfter(from)) {
      missing.set(last, new Missing(missing.get(last).from(), to, reason));
    } else if (Duration.between(from, to).compareTo(NO_GAP) > 0) {
      missing.add(new Missing(from, to, reason));
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
