package io.kydai.ingest.simulator.fault;

import java.time.Duration;

/**
 * What happens in a stream.
 *
 * @param time how long, or by how much; zero means for ever
 * @param to an address
 */
public record StreamFault(Kind kind, int after, Duration time, String to) {
  public enum Kind {
    STALL,
    GARBAGE,
    CLOSE,
    CUT,
    REBOOT,
    VANISH,
    RTP_JUMP,
    CLOCK_JUMP,
    CHANGE,
    NEW_SOURCE,
    TEARDOWN,
    ANNOUNCE,
    REDIRECT
  }

  public StreamFault {
    if (after < 0) {
      throw new IllegalArgumentException("'after' is at least 0");
    }
  }

  public boolean isReboot() {
    return kind == Kind.REBOOT || kind == Kind.VANISH;
  }
}
