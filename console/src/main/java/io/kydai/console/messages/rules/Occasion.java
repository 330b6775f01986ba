package io.kydai.console.messages.rules;

/** What a message tells of. */
public enum Occasion {
  /** A camera has a fault that lasts. */
  CAMERA_FAULT,
  /** An incident began: the first report of its camera and rule. */
  INCIDENT,
  /** A report was assigned to an agency. */
  ASSIGNED,
  /** The deadline of a report is near. */
  REMINDED,
  /** A report is late, and the agency above hears of it. */
  ESCALATED
}
