package io.kydai.streaming.recording;

import io.kydai.streaming.recording.disk.DiskFiles;
import io.kydai.streaming.recording.disk.RecordingFiles;
import io.kydai.streaming.recording.disk.RecordingFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A real folder whose disk refuses, waits, or loses power. At a loss of power each file keeps what
 * was synchronised; of what was written later any part may be there, or zeros in its place; a name
 * that was not synchronised may be gone with its file.
 */
final class FaultyDisk implements RecordingFiles {
  private final Path root;
  private final DiskFiles disk;
  private final Map<Path, Long> written = new HashMap<>();
  private final Map<Path, Long> durable = new HashMap<>();
  private final Set<Path> durableNames = new HashSet<>();
  private long operations;
  private long powerLostAt = Long.MAX_VALUE;
  private volatile @Nullable String refusal;
  private volatile boolean keeps;
  private volatile long usable = Long.MAX_VALUE;
  private volatile long capacity = -1;
  private volatile Runnable beforeWrite = () -> {};

  FaultyDisk(Path root) throws IOException {
    this.root = root;
    disk = new DiskFiles(root);
  }

  synchronized void losePowerAfter(long more) {
    powerLostAt = operations + more;
  }

  void refuse(boolean now) {
    refusal = now ? "No space left on device" : null;
  }

  /** Refuses everything but reading, in the words of an operating system; null no longer. */
  void refuse(@Nullable String words) {
    refusal = words;
  }

  /** Writes what it is given, and keeps what it has. */
  void refuseToDelete(boolean now) {
    keeps = now;
  }

  /** From now on as much can be written as a disk of a size has free. */
  void capacity(long bytes) {
    capacity = bytes;
  }

  void usable(long bytes) {
    usable = bytes;
  }

  void beforeWrite(Runnable action) {
    beforeWrite = action;
  }

  synchronized boolean powerLost() {
    return operations >= powerLostAt;
  }

  private synchronized void operation() throws IOException {
    if (operations++ >= powerLostAt) {
      throw new IOException("no power");
    }
    requireWilling();
  }

  private void requireWilling() throws IOException {
    String words = refusal;
    if (words != null) {
      throw new IOException(words);
    }
  }

  /** What the disk has when the power is back. */
  synchronized void afterPowerLoss(Random random) throws IOException {
    for (Map.Entry<Path, Long> entry : written.entrySet()) {
      Path file = entry.getKey();
      if (!Files.exists(file)) {
        continue;
      }
      if (!durableNames.contains(file) && random.nextBoolean()) {
        Files.delete(file);
        continue;
      }
      long kept = durable.getOrDefault(file, 0L);
      long length = Files.size(file);
      long more = length > kept ? (long) (random.nextDouble() * (length - kept + 1)) : 0;
      try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
        content.setLength(kept + more);
        if (more > 0 && random.nextBoolean()) {
          content.seek(kept);
          content.write(new byte[(int) more]);
        }
      }
    }
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    operation();
    OpenFile real = disk.create(file);
    return new OpenFile() {
      @Override
      public void append(ByteBuffer data) throws IOException {
        beforeWrite.run();
        try {
          operation();
        } catch (IOException e) {
          real.append(data.slice(0, data.remaining() / 2)); // torn
          synchronized (FaultyDisk.this) {
            written.put(file, Files.size(file));
          }
          throw e;
        }
        real.append(data);
        synchronized (FaultyDisk.this) {
          written.put(file, Files.size(file));
        }
      }

      @Override
      public void sync() throws IOException {
        operation();
        synchronized (FaultyDisk.this) {
          durable.put(file, Files.size(file));
        }
      }

      @Override
      public void truncate(long size) throws IOException {
        if (!powerLost()) {
          real.truncate(size);
        }
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  @Override
  public void syncNames(Path file) throws IOException {
    operation();
    synchronized (this) {
      durableNames.add(file);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    requireWilling();
    if (keeps) {
      throw new IOException("Read-only file system");
    }
    disk.delete(file);
    synchronized (this) {
      written.remove(file);
    }
  }

  @Override
  public synchronized long usableBytes() {
    return capacity < 0
        ? usable
        : capacity - written.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The recorded files' paths in the folder. */
  List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    new RecordingFolder(root).scan(segment -> names.add(segment.file()));
    return names.stream().sorted().toList();
  }
}
