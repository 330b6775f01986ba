package io.kydai.streaming.rendition;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.MediaTime;
import io.kydai.streaming.live.event.LiveEvent.Alignment;
import io.kydai.streaming.live.event.LiveEvent.Alignment.Basis;
import java.util.OptionalLong;

/**
 * Compares the clocks of a camera's two streams, so that what is observed on one is drawn on the
 * right pictures of the other. Safe for many threads.
 *
 * <p>Where both have believable RTCP sender reports, these decide: both name the camera's one
 * clock. Else it is when pictures arrive, which is right but for the difference of the two
 * encoders' delays. Neither is believed where the two contradict each other by more than a second,
 * nor anything while the analysed stream does not send.
 */
final class StreamAlignment {
  private static final Alignment UNKNOWN = new Alignment(Basis.NONE, 0);
  private static final long CONTRADICTION_NANOS = 1_000_000_000L;
  private static final long SILENT_NANOS = 3_000_000_000L;

  private final StreamClock analysed = new StreamClock();
  private final StreamClock second = new StreamClock();

  synchronized void analysed(AccessUnit unit, long arrivedNanos) {
    analysed.add(unit, arrivedNanos);
  }

  /** Takes a picture of the second stream; returns the alignment that holds for it. */
  synchronized Alignment second(AccessUnit unit, long arrivedNanos) {
    second.add(unit, arrivedNanos);
    if (!analysed.isFresh(arrivedNanos, SILENT_NANOS)) {
      return UNKNOWN;
    }
    OptionalLong reports = second.byReports();
    OptionalLong reportsOfAnalysed = analysed.byReports();
    OptionalLong arrivals = second.byArrival();
    OptionalLong arrivalsOfAnalysed = analysed.byArrival();
    boolean reported = reports.isPresent() && reportsOfAnalysed.isPresent();
    boolean arrived = arrivals.isPresent() && arrivalsOfAnalysed.isPresent();
    long byReports = reported ? reports.getAsLong() - reportsOfAnalysed.getAsLong() : 0;
    long byArrival = arrived ? arrivals.getAsLong() - arrivalsOfAnalysed.getAsLong() : 0;
    boolean contradictory =
        reported && arrived && Math.abs(byReports - byArrival) > CONTRADICTION_NANOS;
    if (contradictory || !reported && !arrived) {
      return UNKNOWN;
    }
    return reported
        ? new Alignment(Basis.SENDER_REPORTS, MediaTime.ticksOfNanos(byReports))
        : new Alignment(Basis.ARRIVAL, MediaTime.ticksOfNanos(byArrival));
  }
}
