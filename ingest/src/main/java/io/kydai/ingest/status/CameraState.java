package io.kydai.ingest.status;

/** Where a camera is in its life. */
public enum CameraState {
  /** From opening the socket to the answer to PLAY and the first access unit. */
  CONNECTING,
  /** Access units arrive. */
  LIVE,
  /** The connection stands, but no access unit has come for the stall time. */
  STALLED,
  /** Waiting before the next attempt. */
  BACKING_OFF,
  /** Removed, or the node is stopping. */
  STOPPED
}
