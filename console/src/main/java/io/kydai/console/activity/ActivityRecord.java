package io.kydai.console.activity;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * What moved of one class in ten seconds.
 *
 * @param start a whole multiple of {@link #SPAN} since 1970
 * @param objects how many, 1 to 255; more are 255
 * @param cells where they stood, that is where the bottom centres of their boxes were
 */
record ActivityRecord(Instant start, ObjectClass type, int objects, CellSet cells) {
  static final Duration SPAN = Duration.ofSeconds(10);
  static final int MOST_OBJECTS = 255;

  /** Time in seconds since 1970, class, number, and the cells. */
  static final int BYTES = 4 + 1 + 1 + 2 + CellSet.BYTES;

  /** Returns when the ten seconds begin that a moment lies in. */
  static Instant startOf(Instant time) {
    long seconds = SPAN.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }

  void write(ByteBuffer out) {
    out.putInt((int) start.getEpochSecond())
        .put((byte) type.ordinal())
        .put((byte) objects)
        .putShort((short) 0);
    cells.write(out);
  }

  static ActivityRecord read(ByteBuffer in) {
    Instant start = Instant.ofEpochSecond(Integer.toUnsignedLong(in.getInt()));
    int type = Byte.toUnsignedInt(in.get());
    int objects = Byte.toUnsignedInt(in.get());
    in.getShort();
    ObjectClass[] types = ObjectClass.values();
    return new ActivityRecord(
        start, type < types.length ? types[type] : ObjectClass.OTHER, objects, CellSet.read(in));
  }
}
