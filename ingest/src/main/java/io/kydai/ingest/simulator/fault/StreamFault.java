package io.kydai.ingest.simulator.fault;

import java.time.Duration;

/**
 * A fault that affects a session's stream at certain pictures.
 *
 * @param kind the kind of fault
 * @param after the number of pictures after which the fault occurs, and occurs again; 0 for once at
 *     the start
 * @param time its duration, or the size of a jump; a duration of zero means without end
 * @param to for {@link Kind#REDIRECT}, the address of the new location; otherwise empty
 */
public record StreamFault(Kind kind, int after, Duration time, String to) {
  /** The kinds of fault; {@link Fault} describes each at its factory method. */
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

  /** Returns whether the fault makes the camera unreachable for all clients. */
  public boolean isReboot() {
    return kind == Kind.REBOOT || kind == Kind.VANISH;
  }
}
