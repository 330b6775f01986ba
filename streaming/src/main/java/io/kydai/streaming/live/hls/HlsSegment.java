package io.kydai.streaming.live.hls;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media segment as far as it has come.
 *
 * @param sequence its media sequence number
 * @param discontinuity whether it does not go on where the one before it ended
 * @param start when its first picture is decoded, 1/90000 s
 * @param wallClock when its first picture was taken
 * @param dated whether the playlist may tell that, which it may not where a clock was set back
 * @param parts none where its pictures last longer than parts may
 * @param duration of all that was published of it, 1/90000 s
 * @param media the whole; null while it goes on
 */
record HlsSegment(
    long sequence,
    boolean discontinuity,
    InitialisationMap map,
    long start,
    Instant wallClock,
    boolean dated,
    List<HlsPart> parts,
    long duration,
    @Nullable MediaBytes media) {
  HlsSegment {
    parts = List.copyOf(parts);
  }
}
