package io.kydai.streaming.live.hls;

import io.kydai.ingest.media.CodecParameters;
import java.util.List;

/** Writes a live stream's multivariant playlist, which has one variant: the camera's own stream. */
final class VariantPlaylist {
  /** What is to come is not known; cameras vary the size of pictures with what moves. */
  private static final double RESERVE = 1.5;

  private VariantPlaylist() {}

  /**
   * Writes the playlist.
   *
   * @param window not empty
   * @param address of the media playlist, relative to this one
   */
  static String of(LiveWindow window, String address) {
    HlsSegment open = window.open();
    List<HlsSegment> listed = window.listed();
    HlsSegment newest = open != null ? open : listed.get(listed.size() - 1);
    CodecParameters parameters = newest.map().parameters();
    return "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH="
        + Math.round(window.peakBitRate() * RESERVE)
        + ",CODECS=\""
        + parameters.mediaSourceName().orElseThrow()
        + "\",RESOLUTION="
        + parameters.width()
        + "x"
        + parameters.height()
        + "\n"
        + address
        + "\n";
  }
}
