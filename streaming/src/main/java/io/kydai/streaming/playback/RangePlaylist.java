package io.kydai.streaming.playback;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A recorded span as a media playlist of HTTP Live Streaming (RFC 8216) that does not change:
 * ranges of bytes of fragmented MP4 files, a file per run. Between runs the media times begin anew,
 * which {@code EXT-X-DISCONTINUITY} says (section 4.3.2.3).
 */
public final class RangePlaylist {
  public static final String MEDIA_TYPE = "application/vnd.apple.mpegurl";

  /** EXT-X-MAP in a playlist of whole pictures needs 6 (section 7). */
  private static final int VERSION = 6;

  private static final double TICKS = 90_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private RangePlaylist() {}

  /**
   * Writes the playlist.
   *
   * @param runs at least one
   * @param address of a run's file, without quotation marks
   */
  public static String of(List<RecordedRun> runs, Function<RecordedRun, String> address) {
    double longest =
        runs.stream()
            .flatMap(run -> run.segments().stream())
            .mapToDouble(piece -> piece.duration() / TICKS)
            .max()
            .orElseThrow();
    StringBuilder out =
        new StringBuilder("#EXTM3U\n#EXT-X-VERSION:")
            .append(VERSION)
            .append("\n#EXT-X-TARGETDURATION:")
            .append(Math.max(1, Math.round(longest)))
            .append("\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n");
    for (int i = 0; i < runs.size(); i++) {
      if (i > 0) {
        out.append("#EXT-X-DISCONTINUITY\n");
      }
      run(out, runs.get(i), address.apply(runs.get(i)));
    }
    return out.append("#EXT-X-ENDLIST\n").toString();
  }

  private static void run(StringBuilder out, RecordedRun run, String address) {
    out.append("#EXT-X-MAP:URI=\"")
        .append(address)
        .append("\",BYTERANGE=\"")
        .append(run.initialisation())
        .append("@0\"\n");
    for (RecordedRun.Piece piece : run.segments()) {
      out.append("#EXT-X-PROGRAM-DATE-TIME:")
          .append(TIME.format(piece.wallClock()))
          .append("\n#EXTINF:")
          .append(String.format(Locale.ROOT, "%.5f", piece.duration() / TICKS))
          .append(",\n#EXT-X-BYTERANGE:")
          .append(piece.length())
          .append('@')
          .append(piece.offset())
          .append('\n')
          .append(address)
          .append('\n');
    }
  }
}
