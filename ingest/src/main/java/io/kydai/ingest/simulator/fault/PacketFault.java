package io.kydai.ingest.simulator.fault;

import java.time.Duration;

/**
 * A fault that affects single packets.
 *
 * @param kind the kind of fault
 * @param chance the rate at which packets are affected
 * @param by for {@link Kind#DELAY}, how late the packet is sent; at most one minute
 */
record PacketFault(Kind kind, FaultRate chance, Duration by) {
  /** The limit of the time for which a delayed packet is kept in memory. */
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

  /** The kinds of fault; {@link Fault} describes each at its factory method. */
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
