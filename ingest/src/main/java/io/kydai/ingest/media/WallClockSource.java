package io.kydai.ingest.media;

/** Where an access unit's wall-clock time comes from. */
public enum WallClockSource {
  /** The camera's own clock, by its RTCP sender reports, which agree with ours within reason. */
  SENDER_REPORT,
  /** Our clock when the picture arrived, smoothed. */
  ARRIVAL
}
