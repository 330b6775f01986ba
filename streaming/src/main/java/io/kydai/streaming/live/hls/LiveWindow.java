package io.kydai.streaming.live.hls;

import io.kydai.ingest.media.MediaTime;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a stream at one moment. Immutable.
 *
 * @param listed whole segments in their order
 * @param open the segment that goes on, with at least one part; null where there is none
 * @param discontinuities those in front of the first listed segment that are not listed any more
 * @param hinted the number of the part that comes next; -1 where none is to be expected
 * @param ended whether nothing more comes
 */
record LiveWindow(
    List<HlsSegment> listed,
    @Nullable HlsSegment open,
    long discontinuities,
    PartTarget target,
    long hinted,
    boolean ended) {
  /** {@code EXT-X-TARGETDURATION}, which never changes. */
  static final int TARGET_SECONDS = 4;

  LiveWindow {
    listed = List.copyOf(listed);
  }

  /**
   * As far as a viewer sees it whose right began at a moment: what comes after the last segment
   * that began before it.
   */
  LiveWindow from(Instant moment) {
    int first = 0;
    long before = discontinuities;
    long behind = 0;
    for (int i = 0; i < listed.size(); i++) {
      HlsSegment segment = listed.get(i);
      behind += segment.discontinuity() ? 1 : 0;
      if (segment.wallClock().isBefore(moment)) {
        first = i + 1;
        before = discontinuities + behind;
      }
    }
    if (open != null && open.wallClock().isBefore(moment)) {
      return new LiveWindow(List.of(), null, before, target, hinted, ended);
    }
    return first == 0
        ? this
        : new LiveWindow(listed.subList(first, listed.size()), open, before, target, hinted, ended);
  }

  boolean isEmpty() {
    return listed.isEmpty() && open == null;
  }

  /** The media sequence number of the first segment; of the next one where there is none. */
  long firstSequence(long next) {
    if (!listed.isEmpty()) {
      return listed.get(0).sequence();
    }
    return open == null ? next : open.sequence();
  }

  /** How long the listed segments and the parts of the open one last, 1/90000 s. */
  long duration() {
    return listed.stream().mapToLong(HlsSegment::duration).sum()
        + (open == null ? 0 : open.duration());
  }

  /** The highest bit rate of a segment so far, bit/s; at least 1. */
  long peakBitRate() {
    double peak = 1;
    for (HlsSegment segment : listed) {
      peak = Math.max(peak, rate(segment, segment.media()));
    }
    if (open != null) {
      peak =
          Math.max(
              peak,
              rate(open, MediaBytes.joined(open.parts().stream().map(HlsPart::media).toList())));
    }
    return Math.round(peak);
  }

  private static double rate(HlsSegment segment, @Nullable MediaBytes media) {
    double seconds = MediaTime.seconds(segment.duration());
    return media == null || seconds <= 0 ? 0 : media.size() * 8 / seconds;
  }
}
