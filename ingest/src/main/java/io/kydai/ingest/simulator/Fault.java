package io.kydai.ingest.simulator;

/** How a simulated camera misbehaves. */
public enum Fault {
  /** The session stands, but no picture comes. */
  SILENT,
  /**
   * Credentials are asked for, and none are good enough: what a changed password looks like. The
   * pictures of sessions that play already go on.
   */
  WRONG_PASSWORD,
  /** Bytes that are neither RTSP nor an interleaved frame. */
  GARBAGE,
  /** The connection ends in the middle of a frame. */
  CLOSE_IN_FRAME,
  /**
   * Connections to the camera are closed, and every request is answered 503, as when it starts up.
   */
  REBOOTING
}
