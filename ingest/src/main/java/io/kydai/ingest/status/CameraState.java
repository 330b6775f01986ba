package io.kydai.ingest.status;

/** The connection state of a camera. */
public enum CameraState {
  /**
   * The connection is being opened: from the connection attempt until the first access unit
   * arrives.
   */
  CONNECTING,
  /** Access units arrive. */
  LIVE,
  /** The connection is open, but no access unit has arrived for the stall timeout. */
  STALLED,
  /** The camera waits before its next connection attempt. */
  BACKING_OFF,
  /** The camera was removed, or the node is stopping. */
  STOPPED
}
