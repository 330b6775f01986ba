package io.kydai.streaming.recording.retention;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingSettings;
import io.kydai.streaming.recording.index.DeletionReason;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes recordings that are too old or too many, oldest first. What is held is never deleted:
 * where nothing else is left and the disk is still too full, recording stops until there is room,
 * and says so. Everything is called on one thread.
 */
public final class Retention {
  private static final int AT_A_TIME = 64;
  private static final int MOST_IN_A_RUN = 4096;
  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final RecordingSettings settings;
  private final RecordingDisks disks;
  private final RecordingIndex index;
  private final Function<CameraId, RetentionAges> ages;
  private final Clock clock;
  private final ClockTrust trust;

  /** The disks that did not delete in this run; at most those of the list. */
  private final Set<String> refusing = new HashSet<>();

  /**
   * @param ages how long a camera's recordings are kept
   * @param nanos a clock that is never set, in nanoseconds
   */
  public Retention(
      RecordingSettings settings,
      RecordingDisks disks,
      RecordingIndex index,
      Function<CameraId, RetentionAges> ages,
      Clock clock,
      LongSupplier nanos) {
    this.settings = settings;
    this.disks = disks;
    this.index = index;
    this.ages = ages;
    this.clock = clock;
    trust = new ClockTrust(clock, nanos, "deleted");
  }

  /**
   * Deletes the files of a disk that a node which ended between the index and the disk has left. A
   * file that the index has again, or that is no longer the one that was recorded as deleted,
   * stays.
   *
   * @throws IOException when the disk does not delete
   */
  public void finish(RecordingDisk disk) throws IOException {
    for (RecordingIndex.Indexed released : index.released(MOST_IN_A_RUN)) {
      Segment segment = released.segment();
      Path path = disk.root().resolve(segment.file());
      if (segment.disk().equals(disk.id())
          && Files.isRegularFile(path)
          && Files.size(path) == segment.bytes()
          && index.find(segment.file()).isEmpty()) {
        disk.files().delete(path);
        LOG.info("recording {} was to be deleted when the node ended", segment.file());
      }
    }
  }

  /**
   * Deletes what is due on the disks that are there, at most {@value #MOST_IN_A_RUN} files of each
   * stream and as many for want of room, and decides which disk has room. What a disk does to one
   * of its files holds up no other disk.
   *
   * @return how many files were deleted
   * @throws IOException when a disk does not say how much is free, or does not delete
   */
  public int run() throws IOException {
    List<RecordingDisk> there =
        disks.all().stream().filter(disk -> disk.isThere() && !disk.isStuck()).toList();
    refusing.clear();
    boolean isByAge = trust.isBelieved();
    int deleted = 0;
    IOException first = null;
    for (RecordingDisk disk : there) {
      try {
        deleted += isByAge ? deleteOld(disk) : 0;
        deleted += deleteCrowded(disk, there);
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return deleted;
  }

  private int deleteOld(RecordingDisk disk) throws IOException {
    int deleted = 0;
    for (CameraId camera : index.cameras()) {
      RetentionAges kept = ages.apply(camera);
      for (StreamRole role : StreamRole.values()) {
        RecordedStream stream = new RecordedStream(camera, role);
        Instant expired = clock.instant().minus(kept.keep(role));
        deleted +=
            delete(
                index.deletable(disk.id(), stream, expired, MOST_IN_A_RUN),
                DeletionReason.AGE,
                () -> true);
      }
    }
    return deleted;
  }

  /** Makes room for a disk; where another one does not delete, without the other. */
  private int deleteCrowded(RecordingDisk disk, List<RecordingDisk> there) throws IOException {
    while (true) {
      int refused = refusing.size();
      try {
        return makeRoom(disk, there);
      } catch (IOException e) {
        if (refusing.contains(disk.id()) || refusing.size() == refused) {
          throw e;
        }
        LOG.error("a disk does not delete what is the oldest of all, and keeps it", e);
      }
    }
  }

  /** For all disks together the oldest of all, for one disk the oldest on it. */
  private int makeRoom(RecordingDisk disk, List<RecordingDisk> there) throws IOException {
    List<String> all =
        there.stream().map(RecordingDisk::id).filter(id -> !refusing.contains(id)).toList();
    int deleted = 0;
    List<Segment> oldest = List.of();
    do {
      boolean tooMany = tooMany(all);
      if (tooMany) {
        oldest = index.deletable(all, AT_A_TIME);
        deleted += delete(oldest, DeletionReason.SIZE, () -> tooMany(all));
      } else {
        oldest = crowded(disk) ? index.deletable(List.of(disk.id()), AT_A_TIME) : List.of();
        deleted += delete(oldest, DeletionReason.FREE_SPACE, () -> crowded(disk));
      }
    } while (oldest.size() == AT_A_TIME && deleted < MOST_IN_A_RUN);
    stopOrGoOn(disk, tooMany(all) || disk.files().usableBytes() < settings.leastFreeBytes() / 2);
    return deleted;
  }

  private static void stopOrGoOn(RecordingDisk disk, boolean full) {
    if (full != disk.space().full()) {
      disk.space().full(full);
      if (full) {
        LOG.error(
            "recording stops: {} is full of what must not be deleted; free space, end holds, or"
                + " raise storage limits",
            disk.root());
      } else {
        LOG.info("recording goes on: {} has room again", disk.root());
      }
    }
  }

  private interface Needed {
    boolean stillNeeded() throws IOException;
  }

  private int delete(List<Segment> segments, DeletionReason reason, Needed needed)
      throws IOException {
    int deleted = 0;
    for (Segment segment : segments) {
      if (!needed.stillNeeded()) {
        break;
      }
      if (delete(segment, reason)) {
        deleted++;
      }
    }
    return deleted;
  }

  private boolean tooMany(List<String> there) {
    long bytes = 0;
    for (KnownDisk disk : index.disks()) {
      bytes += there.contains(disk.id()) ? disk.bytes() : 0;
    }
    return bytes > settings.mostBytes();
  }

  private boolean crowded(RecordingDisk disk) throws IOException {
    return disk.files().usableBytes() < settings.leastFreeBytes();
  }

  /**
   * @throws IOException when the disk keeps the file, and the index its row: on a disk that
   *     refuses, an index that forgets what is there would lose everything to make no room
   */
  private boolean delete(Segment segment, DeletionReason reason) throws IOException {
    RecordingDisk disk = disks.find(segment.disk()).orElse(null);
    if (disk == null) {
      return false; // Nobody knows where it is.
    }
    Optional<RecordingIndex.Indexed> row;
    try {
      row = index.find(segment.file());
      if (!index.release(segment, reason)) {
        return false;
      }
    } catch (RuntimeException e) {
      LOG.error("recording {} stays, the index does not let it go", segment.file(), e);
      return false;
    }
    try {
      disk.files().delete(disk.root().resolve(segment.file()));
      return true;
    } catch (IOException e) {
      row.ifPresent(index::restore);
      refusing.add(disk.id());
      throw new IOException("recording " + segment.file() + " cannot be deleted: " + e, e);
    }
  }
}
