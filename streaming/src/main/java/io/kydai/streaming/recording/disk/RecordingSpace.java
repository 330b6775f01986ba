package io.kydai.streaming.recording.disk;

/** Whether the disk of the recordings has room. Set by retention, asked by every camera. */
public final class RecordingSpace {
  private volatile boolean full;

  /** Whether nothing more may be recorded, since what is there must not be deleted. */
  public boolean full() {
    return full;
  }

  public void full(boolean now) {
    full = now;
  }
}
