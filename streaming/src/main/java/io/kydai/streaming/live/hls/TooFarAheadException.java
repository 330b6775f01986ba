package io.kydai.streaming.live.hls;

/** A player asks for a segment or part that it cannot want yet. */
public final class TooFarAheadException extends Exception {
  private static final long serialVersionUID = 1;

  TooFarAheadException() {
    super("the segment or part is too far ahead of the playlist");
  }
}
