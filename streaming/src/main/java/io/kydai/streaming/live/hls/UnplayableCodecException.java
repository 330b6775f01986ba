package io.kydai.streaming.live.hls;

/** A camera sends a codec that players of HTTP Live Streaming have no name for. */
public final class UnplayableCodecException extends Exception {
  private static final long serialVersionUID = 1;

  UnplayableCodecException() {
    super("the camera's codec is not one of HTTP Live Streaming");
  }
}
