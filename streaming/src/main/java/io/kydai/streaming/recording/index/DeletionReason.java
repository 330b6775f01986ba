package io.kydai.streaming.recording.index;

/** Why a recorded file was deleted. */
public enum DeletionReason {
  /** It was older than its camera's recordings are kept. */
  AGE,
  /** It was older than that already, and the hold that kept it has expired. */
  HOLD_EXPIRED,
  /** All recordings together were too large, and it was the oldest. */
  SIZE,
  /** Its disk had too little free space, and it was the oldest there. */
  FREE_SPACE,
  /** It was old enough to be thinned: a file with its key frames took its place. */
  THINNED
}
