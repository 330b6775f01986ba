package io.kydai.streaming.live.hls;

import io.kydai.ingest.media.MediaTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Writes a live stream's media playlist (rfc8216bis, section 4.4), or what has changed of it since
 * a player last asked: with {@code EXT-X-SKIP} in place of what is older than the skip boundary
 * (section 6.2.5.1).
 *
 * <p>There is one rendition of a camera, so there is none to report on with {@code
 * EXT-X-RENDITION-REPORT}.
 */
final class LivePlaylist {
  static final int SKIP_BOUNDARY_SECONDS = 6 * LiveWindow.TARGET_SECONDS;

  private static final int HOLD_BACK_SECONDS = 3 * LiveWindow.TARGET_SECONDS;
  private static final long PARTS_LISTED = MediaTime.ticksOfSeconds(3L * LiveWindow.TARGET_SECONDS);
  private static final long SKIP_BOUNDARY = MediaTime.ticksOfSeconds((long) SKIP_BOUNDARY_SECONDS);

  /** EXT-X-MAP needs 6, EXT-X-SKIP 9 (section 8). */
  private static final int VERSION = 6;

  private static final int DELTA_VERSION = 9;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final StringBuilder out = new StringBuilder(4096);
  private final LiveWindow window;
  private final MediaNames names;

  private LivePlaylist(LiveWindow window, MediaNames names) {
    this.window = window;
    this.names = names;
  }

  /**
   * Writes the playlist.
   *
   * @param window not empty
   * @param skip whether older segments are replaced, where there are any that may be
   */
  static String of(LiveWindow window, MediaNames names, boolean skip) {
    return new LivePlaylist(window, names).write(skip && !window.ended());
  }

  private String write(boolean skip) {
    int skipped = skip ? skippable() : 0;
    head(skipped);
    long left = window.duration();
    InitialisationMap map = null;
    for (int i = 0; i < window.listed().size(); i++) {
      HlsSegment segment = window.listed().get(i);
      if (i >= skipped) {
        segment(segment, !segment.map().equals(map), left <= PARTS_LISTED);
        out.append("#EXTINF:").append(seconds(segment.duration())).append(",\n");
        out.append(names.segment(segment.sequence())).append('\n');
      }
      map = segment.map();
      left -= segment.duration();
    }
    HlsSegment open = window.open();
    if (open != null) {
      segment(open, !open.map().equals(map), true);
    }
    if (window.hinted() >= 0) {
      out.append("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"")
          .append(names.part(window.hinted()))
          .append("\"\n");
    }
    if (window.ended()) {
      out.append("#EXT-X-ENDLIST\n");
    }
    return out.toString();
  }

  private void head(int skipped) {
    double target = MediaTime.seconds(window.target().ticks());
    out.append("#EXTM3U\n#EXT-X-VERSION:").append(skipped > 0 ? DELTA_VERSION : VERSION);
    out.append("\n#EXT-X-TARGETDURATION:").append(LiveWindow.TARGET_SECONDS);
    out.append("\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=")
        .append(SKIP_BOUNDARY_SECONDS)
        .append(".0,HOLD-BACK=")
        .append(HOLD_BACK_SECONDS)
        .append(".0,PART-HOLD-BACK=")
        .append(decimal(3 * target, 3));
    out.append("\n#EXT-X-PART-INF:PART-TARGET=").append(decimal(target, 3));
    out.append("\n#EXT-X-MEDIA-SEQUENCE:").append(window.firstSequence(0));
    out.append("\n#EXT-X-DISCONTINUITY-SEQUENCE:").append(window.discontinuities());
    out.append('\n');
    if (skipped > 0) {
      out.append("#EXT-X-SKIP:SKIPPED-SEGMENTS=").append(skipped).append('\n');
    }
  }

  /** How many segments are, as a whole, further from the last one's end than the boundary. */
  private int skippable() {
    List<HlsSegment> listed = window.listed();
    long left = listed.stream().mapToLong(HlsSegment::duration).sum();
    int count = 0;
    while (count < listed.size() && left - listed.get(count).duration() > SKIP_BOUNDARY) {
      left -= listed.get(count).duration();
      count++;
    }
    return count;
  }

  private void segment(HlsSegment segment, boolean otherMap, boolean withParts) {
    if (segment.discontinuity()) {
      out.append("#EXT-X-DISCONTINUITY\n");
    }
    if (otherMap || segment.discontinuity()) {
      out.append("#EXT-X-MAP:URI=\"")
          .append(names.initialisation(segment.map().number()))
          .append("\"\n");
    }
    if (segment.dated()) {
      out.append("#EXT-X-PROGRAM-DATE-TIME:").append(TIME.format(segment.wallClock())).append('\n');
    }
    if (withParts) {
      segment.parts().forEach(this::part);
    }
  }

  private void part(HlsPart part) {
    out.append("#EXT-X-PART:DURATION=")
        .append(seconds(part.duration()))
        .append(",URI=\"")
        .append(names.part(part.number()))
        .append(part.independent() ? "\",INDEPENDENT=YES\n" : "\"\n");
  }

  private static String seconds(long ticks) {
    return decimal(MediaTime.seconds(ticks), 5);
  }

  /** Some fifty of them are in each playlist, for which a formatter would be most of its cost. */
  private static String decimal(double value, int places) {
    return BigDecimal.valueOf(value).setScale(places, RoundingMode.HALF_UP).toPlainString();
  }
}
