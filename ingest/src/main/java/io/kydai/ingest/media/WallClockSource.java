package io.kydai.ingest.media;

/** The clock from which an access unit's wall-clock time comes. */
public enum WallClockSource {
  /** The camera's clock by its RTCP sender reports, which agree with this machine's clock. */
  SENDER_REPORT,
  /** This machine's clock at the picture's arrival, smoothed. */
  ARRIVAL
}
