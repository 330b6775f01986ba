package io.kydai.streaming.recording.index;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a camera has no pictures on the disk from a moment on.
 *
 * @param since null from the end of the last recorded picture on
 */
public record GapCause(Gap.Reason reason, @Nullable Instant since) {
  public GapCause {
    requireNonNull(reason);
  }

  /**
   * Returns the gaps of a span without pictures, each of which follows the one before it. A cause
   * that held for no time has none, but there is always one gap.
   *
   * @param causes in the order in which they began to hold; not empty
   */
  public static List<Gap> gaps(
      RecordedStream stream, Instant from, List<GapCause> causes, Instant to) {
    Instant end = to.isAfter(from) ? to : from;
    List<Gap> gaps = new ArrayList<>();
    Instant start = from;
    for (int i = 0; i < causes.size(); i++) {
      boolean isLast = i == causes.size() - 1;
      Instant until = isLast ? end : between(start, causes.get(i + 1).since(), end);
      if (until.isAfter(start) || isLast && gaps.isEmpty()) {
        gaps.add(new Gap(stream.camera(), stream.role(), start, until, causes.get(i).reason()));
        start = until;
      }
    }
    return gaps;
  }

  private static Instant between(Instant least, @Nullable Instant time, Instant most) {
    if (time == null || time.isBefore(least)) {
      return least;
    }
    return time.isAfter(most) ? most : time;
  }
}
