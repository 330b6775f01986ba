package io.kydai.console.recordings;

import io.kydai.ingest.source.StreamRole;
import java.time.Instant;
import java.util.Locale;

/** How the tables of recordings keep times and streams. */
final class StoredValues {
  private static final long NANOS = 1_000_000_000L;

  private StoredValues() {}

  static String name(StreamRole role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  static StreamRole role(String name) {
    return StreamRole.valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Nanoseconds since 1970; the nearest that 64 bits can hold, which reach from 1677 to 2262. */
  static long nanos(Instant time) {
    if (time.getEpochSecond() >= Long.MAX_VALUE / NANOS) {
      return Long.MAX_VALUE;
    }
    if (time.getEpochSecond() <= Long.MIN_VALUE / NANOS) {
      return Long.MIN_VALUE;
    }
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), NANOS), time.getNano());
  }

  static Instant time(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }
}
