package io.kydai.streaming.live.hls;

/**
 * From when on a player wants a playlist (rfc8216bis, section 6.2.5.2): as soon as it has this
 * segment or part, or a later one.
 *
 * @param sequence the segment's media sequence number; -1 for at once
 * @param part the part's place in the segment, from 0; -1 for the whole segment
 */
public record Reload(long sequence, long part) {
  /** Whatever there is. */
  public static final Reload NOW = new Reload(-1, -1);

  /** Whether a playlist has what is wanted. */
  boolean isIn(LiveWindow window) {
    if (window.ended() || sequence < 0) {
      return true;
    }
    HlsSegment open = window.open();
    long whole = window.listed().isEmpty() ? -1 : last(window).sequence();
    if (open != null && (open.sequence() > sequence || isPartOf(open))) {
      return true;
    }
    if (part < 0 || whole > sequence) {
      return whole >= sequence;
    }
    // A part behind a segment's last one is the next segment's first.
    return whole == sequence
        && (last(window).parts().isEmpty() || part < last(window).parts().size());
  }

  private boolean isPartOf(HlsSegment open) {
    return open.sequence() == sequence && part >= 0 && part < open.parts().size();
  }

  /** Whether it is further ahead than a player that has read the playlist can want. */
  boolean isTooFar(LiveWindow window, long nextSequence) {
    if (window.ended()) {
      return false;
    }
    HlsSegment open = window.open();
    long begun = open == null ? nextSequence - 1 : open.sequence() - 1;
    long last = window.listed().isEmpty() ? begun : last(window).sequence();
    if (sequence > last + 2) {
      return true;
    }
    long newest = open == null ? -1 : open.parts().size() - 1L;
    return sequence > last && part > newest + advance(window.target());
  }

  /** The advance part limit: three seconds of parts, or three parts. */
  private static long advance(PartTarget target) {
    double seconds = target.ticks() / 90_000.0;
    return seconds < 1 ? (long) Math.ceil(3 / seconds) : 3;
  }

  private static HlsSegment last(LiveWindow window) {
    return window.listed().get(window.listed().size() - 1);
  }
}
