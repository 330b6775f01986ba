package io.kydai.console.config.camera;

/** What of a camera's pictures is recorded. Evidence of alerts is kept in each mode. */
public enum RecordingMode {
  /** Nothing. */
  OFF,
  /** Everything. */
  CONTINUOUS,
  /** What was taken in windows of the week. */
  SCHEDULE,
  /** What is around alerts. */
  ALERTS
}
