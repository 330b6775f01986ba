package io.kydai.streaming.recording.disk;

import io.kydai.streaming.evidence.PrivateFiles;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The disks of the recordings, and which camera records to which. Safe for many threads.
 *
 * <p>A camera comes to the disk that has most free space for each of its cameras, and stays there
 * while the disk takes its files, unless another has more than {@value #MUCH_BETTER} times as much.
 * A file stays on the disk on which it was begun.
 */
public final class RecordingDisks {
  /** By how much another disk must be better for a camera to move without need. */
  static final int MUCH_BETTER = 2;

  private static final Logger LOG = LoggerFactory.getLogger(RecordingDisks.class);

  private final List<RecordingDisk> disks;

  /** Guarded by this; has as many as there were cameras. */
  private final Map<RecordedStream, RecordingDisk> placed = new HashMap<>();

  /**
   * @param disks at least one
   */
  public RecordingDisks(List<RecordingDisk> disks) {
    this.disks = List.copyOf(disks);
    if (disks.isEmpty()) {
      throw new IllegalArgumentException("there is at least one disk");
    }
  }

  /**
   * Opens folders as disks. A new one gets its marker; one that is not there is used when it comes
   * back. Rows of the index that name no disk are taken to be on the first.
   *
   * @param archive folders on disks to which cameras do not record
   * @param mostWaiting the bytes of pictures that may wait for all disks together
   * @param nanos a clock that is never set, in nanoseconds
   * @throws IOException when none of the folders can be used, and none is known to the index
   */
  public static RecordingDisks open(
      List<Path> folders,
      List<Path> archive,
      RecordingIndex index,
      long mostWaiting,
      LongSupplier nanos)
      throws IOException {
    return open(folders, archive, DiskFiles::at, index, mostWaiting, nanos);
  }

  /**
   * As the other.
   *
   * @param files makes those of a folder, which need not be there yet
   */
  public static RecordingDisks open(
      List<Path> folders,
      List<Path> archive,
      Function<Path, RecordingFiles> files,
      RecordingIndex index,
      long mostWaiting,
      LongSupplier nanos)
      throws IOException {
    List<Path> all = new ArrayList<>(folders);
    all.addAll(archive);
    List<DiskPlace> places = DiskPlace.look(all, index.disks());
    List<RecordingDisk> disks = new ArrayList<>();
    IOException last = null;
    for (int i = 0; i < places.size(); i++) {
      DiskPlace place = places.get(i);
      try {
        place = place.isThere() ? use(place) : place;
      } catch (IOException e) {
        last = e;
        place = new DiskPlace(place.id(), place.root(), false, String.valueOf(e.getMessage()));
      }
      if (place.isThere()) {
        index.put(new KnownDisk(place.id(), place.root().toString(), 0, 0));
        if (i == 0) {
          index.adopt(place.id());
        }
        LOG.info("recordings: the disk {} is at {}", place.id(), place.root());
      } else {
        LOG.error(
            "recordings: {} is not used: {}; its recordings stay in the index",
            place.root(),
            place.fault());
      }
      boolean isArchive = i >= folders.size();
      disks.add(
          disk(place, isArchive, files.apply(place.root()), mostWaiting / folders.size(), nanos));
    }
    if (last != null && disks.stream().noneMatch(RecordingDisk::isUsable) && index.count() == 0) {
      throw last;
    }
    return new RecordingDisks(disks);
  }

  private static DiskPlace use(DiskPlace place) throws IOException {
    PrivateFiles.createDirectories(place.root());
    String id = place.isNew() ? DiskMarker.create(place.root()) : place.id();
    return new DiskPlace(id, place.root(), false, null);
  }

  private static RecordingDisk disk(
      DiskPlace place,
      boolean isArchive,
      RecordingFiles unmarked,
      long mostWaiting,
      LongSupplier nanos) {
    RecordingFiles files = new MarkedFiles(place.root(), place.id(), unmarked);
    return new RecordingDisk(
        place.id(),
        place.root(),
        isArchive,
        files,
        new DiskWriter(mostWaiting, nanos),
        place.fault(),
        new DiskProbe(place.root(), place.id(), files),
        nanos);
  }

  /** Returns all disks, in their order. */
  public List<RecordingDisk> all() {
    return disks;
  }

  /** Returns the disk for a stream's next file: one that takes it, where there is one. */
  public synchronized RecordingDisk choose(RecordedStream stream) {
    RecordingDisk now = placed.get(stream);
    Optional<RecordingDisk> best =
        disks.stream()
            .filter(RecordingDisks::takesFiles)
            .max(Comparator.comparingDouble(disk -> room(disk, stream)));
    if (now != null
        && (best.isEmpty()
            || takesFiles(now) && room(best.get(), stream) <= MUCH_BETTER * room(now, stream))) {
      return now;
    }
    return place(stream, best.orElse(disks.get(0)));
  }

  private RecordingDisk place(RecordedStream stream, RecordingDisk disk) {
    placed.put(stream, disk);
    return disk;
  }

  private static boolean takesFiles(RecordingDisk disk) {
    return !disk.isArchive() && disk.isUsable() && !disk.space().full();
  }

  /** The free space for each of a disk's streams, if a stream were one of them. */
  private double room(RecordingDisk disk, RecordedStream stream) {
    long others =
        placed.entrySet().stream()
            .filter(entry -> entry.getValue() == disk && !entry.getKey().equals(stream))
            .count();
    return (double) disk.freeBytes() / (others + 1);
  }

  /** Returns whether another disk takes files. */
  public boolean hasOther(RecordingDisk than) {
    return disks.stream().anyMatch(disk -> disk != than && takesFiles(disk));
  }

  /** Is told that a stream is recorded no more. */
  public synchronized void leave(RecordedStream stream) {
    placed.remove(stream);
  }

  /** Finds a disk by its id, whether it is there or not. */
  public Optional<RecordingDisk> find(String id) {
    return disks.stream().filter(disk -> disk.id().equals(id)).findFirst();
  }

  /** Returns where a segment's file is; null while its disk is not there. */
  public @Nullable Path path(Segment segment) {
    return find(segment.disk())
        .filter(RecordingDisk::isThere)
        .map(disk -> disk.root().resolve(segment.file()))
        .orElse(null);
  }

  /** The bytes of pictures that wait for disks. */
  public long waitingBytes() {
    return disks.stream().mapToLong(disk -> disk.writer().waitingBytes()).sum();
  }

  /** Tries disks where that is due. To be called about once a second. */
  public void tick() {
    disks.forEach(RecordingDisk::tick);
  }

  /** Ends the disks' threads when everything is written, or after a time for each. */
  public void close(long millis) {
    disks.forEach(disk -> disk.writer().shutdown());
    disks.forEach(disk -> disk.writer().close(millis));
  }
}
