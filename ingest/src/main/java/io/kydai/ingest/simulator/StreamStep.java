package io.kydai.ingest.simulator;

import java.time.Duration;

/**
 * What happens in a stream.
 *
 * @param time how long, or by how much; zero means for ever
 * @param to an address
 */
record StreamStep(Kind kind, int after, Duration time, String to) {
  enum Kind {
    STALL,
    GARBAGE,
    CLOSE,
    CUT,
    REBOOT,
    VANISH,
    RTP_JUMP,
    CLOCK_JUMP,
    CHANGE,
    TEARDOWN,
    ANNOUNCE,
    REDIRECT
  }

  StreamStep {
    if (after < 0) {
      throw new IllegalArgumentException("'after' is at least 0");
    }
  }

  boolean isReboot() {
    return kind == Kind.REBOOT || kind == Kind.VANISH;
  }
}
