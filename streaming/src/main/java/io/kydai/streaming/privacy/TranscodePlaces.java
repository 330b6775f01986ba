package io.kydai.streaming.privacy;

import java.util.concurrent.Semaphore;

/** How many streams may be encoded anew at a time, of all cameras. Safe for many threads. */
public final class TranscodePlaces {
  private final int most;
  private final Semaphore free;

  /**
   * @param most 0 for none
   */
  public TranscodePlaces(int most) {
    this.most = most;
    free = new Semaphore(most);
  }

  /**
   * Takes a place.
   *
   * @throws TranscodeRefusedException when there is none
   */
  void take() {
    if (!free.tryAcquire()) {
      throw TranscodeRefusedException.full(most);
    }
  }

  void giveBack() {
    free.release();
  }

  /** Returns how many are taken. */
  public int taken() {
    return most - free.availablePermits();
  }

  /** Returns how many there are. */
  public int most() {
    return most;
  }
}
