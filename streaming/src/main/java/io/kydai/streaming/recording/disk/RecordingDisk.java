package io.kydai.streaming.recording.disk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One disk of the recordings with the thread that writes to it. Safe for many threads.
 *
 * <p>A disk that refused a write, or on which a write has taken more than {@value #STUCK_SECONDS}
 * s, gets no new files where another disk can take them. It is tried every {@value #PROBE_SECONDS}
 * s on its own thread, and so a disk that hangs holds up nobody, and one that comes back is used
 * again.
 */
public final class RecordingDisk {
  /** How long a write may take. */
  static final long STUCK_SECONDS = 5;

  static final long PROBE_SECONDS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(RecordingDisk.class);

  private final String id;
  private final Path root;
  private final boolean isArchive;
  private final RecordingFiles files;
  private final DiskWriter writer;
  private final LongSupplier nanos;
  private final Probe probe;
  private final RecordingSpace space = new RecordingSpace();
  private volatile @Nullable String fault;
  private volatile boolean isThere;
  private volatile boolean isReady;
  private volatile long busyUntil;
  private volatile boolean isBusy;
  private volatile long freeBytes;
  private long lastProbe;
  private boolean isProbing;

  /** How a disk is tried; called on its thread. */
  interface Probe {
    /**
     * Returns whether its marker is there.
     *
     * @throws IOException when that cannot be read
     */
    boolean isThere() throws IOException;

    /**
     * Writes and deletes a file.
     *
     * @throws IOException when the disk does not take it
     */
    void write() throws IOException;
  }

  /**
   * @param id by which rows name it
   * @param root the folder of its recordings
   * @param isArchive whether cameras do not record to it
   * @param fault why it is not used from the beginning; null where it is well
   * @param nanos a clock that is never set, in nanoseconds
   */
  RecordingDisk(
      String id,
      Path root,
      boolean isArchive,
      RecordingFiles files,
      DiskWriter writer,
      @Nullable String fault,
      Probe probe,
      LongSupplier nanos) {
    this.id = requireNonNull(id);
    this.root = requireNonNull(root);
    this.isArchive = isArchive;
    this.files = requireNonNull(files);
    this.writer = requireNonNull(writer);
    this.fault = fault;
    isThere = fault == null;
    isReady = isThere;
    this.probe = requireNonNull(probe);
    this.nanos = requireNonNull(nanos);
    lastProbe = nanos.getAsLong();
    freeBytes = fault == null ? readFreeBytes() : 0;
  }

  /** Returns a disk that is there and known by no marker: the only one of a test or a tool. */
  public static RecordingDisk unmarked(
      Path root, RecordingFiles files, DiskWriter writer, LongSupplier nanos) {
    return new RecordingDisk("", root, false, files, writer, null, new Untried(), nanos);
  }

  private static final class Untried implements Probe {
    @Override
    public boolean isThere() {
      return true;
    }

    @Override
    public void write() {
      // Cameras try it themselves.
    }
  }

  /** Whether the index was held against its files, without which it gets no new ones. */
  public boolean isReady() {
    return isReady;
  }

  /** Is told that the index equals its files; for a disk that was not there at the start. */
  public void ready() {
    isReady = true;
  }

  /** Whether its files can be read, as of its last trial. */
  public boolean isThere() {
    return isThere;
  }

  /** By which rows of the index name it. */
  public String id() {
    return id;
  }

  /** The folder of its recordings. */
  public Path root() {
    return root;
  }

  /** Whether cameras do not record to it, and it gets what is old. */
  public boolean isArchive() {
    return isArchive;
  }

  public RecordingFiles files() {
    return files;
  }

  public DiskWriter writer() {
    return writer;
  }

  /** Whether there is room on it. */
  public RecordingSpace space() {
    return space;
  }

  /** Why it is not used; null while it is. */
  public @Nullable String fault() {
    return fault;
  }

  /** Whether new files may go to it: it refused nothing lately and does not hang. */
  public boolean isUsable() {
    long now = nanos.getAsLong();
    return isReady && fault == null && !(isBusy && now - busyUntil < 0) && !isStuck();
  }

  /** Whether a write has taken too long. */
  public boolean isStuck() {
    return writer.isStuck(Duration.ofSeconds(STUCK_SECONDS).toNanos());
  }

  /** What could be written to it when it was looked at last, in bytes. */
  public long freeBytes() {
    return freeBytes;
  }

  private long readFreeBytes() {
    try {
      return files.usableBytes();
    } catch (IOException e) {
      LOG.warn("recordings: {} does not say how much is free: {}", root, e.toString());
      return 0;
    }
  }

  /** Is told that it refused a write. */
  public void fail(IOException e) {
    if (fault == null) {
      LOG.error("recordings: the disk {} at {} is not used: {}", id, root, e.toString());
    }
    fault = String.valueOf(e.getMessage());
  }

  /** Is told that it is too slow: other disks are preferred for half a minute. */
  public void slow() {
    busyUntil = nanos.getAsLong() + Duration.ofSeconds(30).toNanos();
    isBusy = true;
  }

  /** Tries it where that is due. To be called about once a second. */
  synchronized void tick() {
    long now = nanos.getAsLong();
    if (!isProbing && now - lastProbe >= Duration.ofSeconds(PROBE_SECONDS).toNanos()) {
      isProbing = true;
      lastProbe = now;
      writer.execute(this::probe);
    }
  }

  private void probe() {
    boolean there = false;
    try {
      there = probe.isThere();
      if (!there) {
        throw new IOException("the disk is not mounted");
      }
      probe.write();
      freeBytes = readFreeBytes();
      if (fault != null) {
        LOG.info("recordings: the disk {} at {} is used again", id, root);
        fault = null;
      }
    } catch (IOException e) {
      fail(e);
    } finally {
      isThere = there;
      synchronized (this) {
        isProbing = false;
      }
    }
  }
}
