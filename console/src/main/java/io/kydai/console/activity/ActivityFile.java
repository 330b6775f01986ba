package io.kydai.console.activity;

import io.kydai.console.activity.ActivityCollector.Finished;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.BitSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What moved in front of a camera on a day of UTC: a bit for each ten seconds of the day in which
 * the camera was looked at, and behind them the {@link ActivityRecord}s in the order in which they
 * came. Of a record that a crash cut off, nothing is read, and the next one takes its place.
 *
 * <p>Bound: {@value #MOST_BYTES} bytes; what would come then is left out.
 */
final class ActivityFile {
  private static final String SUFFIX = ".activity";
  private static final int SPANS = (int) (Duration.ofDays(1).toSeconds() / 10);
  private static final int HEADER = SPANS / Byte.SIZE;
  private static final long MOST_BYTES = 8 << 20;
  private static final int RECORDS_AT_ONCE = 1024;

  private ActivityFile() {}

  static Path of(Path cameras, LocalDate day) {
    return cameras.resolve(DateTimeFormatter.BASIC_ISO_DATE.format(day) + SUFFIX);
  }

  static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** Returns the day of a file; null for another file. */
  static @Nullable LocalDate day(Path file) {
    String name = file.getFileName().toString();
    if (!name.endsWith(SUFFIX)) {
      return null;
    }
    try {
      return LocalDate.parse(
          name.substring(0, name.length() - SUFFIX.length()), DateTimeFormatter.BASIC_ISO_DATE);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  /** Appends what was seen in ten seconds. */
  static void append(Path cameras, Finished seen) throws IOException {
    PrivateFiles.createDirectories(cameras);
    Path file = of(cameras, day(seen.start()));
    try (FileChannel channel =
        PrivateFiles.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      mark(channel, index(seen.start()));
      long whole = Math.max(0, channel.size() - HEADER) / ActivityRecord.BYTES;
      long position = HEADER + whole * ActivityRecord.BYTES;
      ByteBuffer bytes = ByteBuffer.allocate(seen.records().size() * ActivityRecord.BYTES);
      seen.records().forEach(record -> record.write(bytes));
      bytes.flip();
      if (position + bytes.remaining() <= MOST_BYTES) {
        write(channel, bytes, position);
      }
    }
  }

  private static int index(Instant start) {
    return (int) (Math.floorMod(start.getEpochSecond(), Duration.ofDays(1).toSeconds()) / 10);
  }

  private static void mark(FileChannel channel, int index) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    int before = channel.read(one, index / Byte.SIZE) < 1 ? 0 : one.get(0);
    ByteBuffer next = ByteBuffer.wrap(new byte[] {(byte) (before | 1 << index % Byte.SIZE)});
    write(channel, next, index / Byte.SIZE);
    if (channel.size() < HEADER) {
      write(channel, ByteBuffer.allocate(1), HEADER - 1L);
    }
  }

  private static void write(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /**
   * Reads a file.
   *
   * @return the ten seconds of the day in which the camera was looked at
   */
  static BitSet read(Path file, Consumer<ActivityRecord> reader) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      fill(channel, header);
      ByteBuffer records = ByteBuffer.allocate(RECORDS_AT_ONCE * ActivityRecord.BYTES);
      long left = MOST_BYTES;
      while (left > 0 && fill(channel, records) >= ActivityRecord.BYTES) {
        left -= records.remaining();
        while (records.remaining() >= ActivityRecord.BYTES) {
          reader.accept(ActivityRecord.read(records));
        }
      }
      return BitSet.valueOf(header.array());
    }
  }

  /** Fills a buffer as far as the file goes, and returns how many bytes are in it. */
  private static int fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      continue;
    }
    buffer.flip();
    return buffer.remaining();
  }

  /** Whether the camera was looked at in the ten seconds that begin at a moment. */
  static boolean isObserved(BitSet observed, Instant start) {
    return observed.get(index(start));
  }
}
