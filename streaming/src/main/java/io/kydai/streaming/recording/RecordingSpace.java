package io.kydai.streaming.recording;

/** Whether the disk of the recordings has room. Set by retention, asked by every camera. */
final class RecordingSpace {
  private volatile boolean full;

  /** Whether nothing more may be recorded, since what is there must not be deleted. */
  boolean full() {
    return full;
  }

  void full(boolean now) {
    full = now;
  }
}
