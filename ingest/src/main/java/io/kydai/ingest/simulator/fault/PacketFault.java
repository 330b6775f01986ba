package io.kydai.ingest.simulator.fault;

import java.time.Duration;

/** What happens to packets. */
record PacketFault(Kind kind, FaultRate chance, Duration by) {
  /** A packet that is delayed is kept: not for longer than this. */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  enum Kind {
    DROP,
    DELAY,
    REORDER,
    DUPLICATE,
    TRUNCATE,
    CORRUPT,
    JUNK,
    OTHER_SOURCE
  }

  PacketFault {
    if (by.isNegative() || by.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("a packet comes at most a minute late");
    }
  }
}
