package io.kydai.streaming.recording.check;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the index equal to the files where a node ended: at each start, before anything is
 * recorded. It looks at what the end of a node can have left, and not at every file of an archive;
 * {@link Reindex} does that.
 */
public final class IndexRepair {
  /** As many missing files are always believed: each camera's newest, on a small node. */
  private static final int FEW = 16;

  private static final int PAGE = 1000;
  private static final Duration NO_GAP = Duration.ofMillis(100);
  private static final Logger LOG = LoggerFactory.getLogger(IndexRepair.class);

  private final RecordingFolder folder;
  private final RecordingIndex index;

  public IndexRepair(RecordingFolder folder, RecordingIndex index) {
    this.folder = folder;
    this.index = index;
  }

  /**
   * Closes the segments that were open, and adds those that the index has never heard of since the
   * newest that it knows of each camera.
   *
   * @throws IOException when a folder cannot be listed
   */
  public void run() throws IOException {
    closeOpen();
    for (String camera : folder.cameras()) {
      catchUp(new CameraId(camera));
    }
  }

  /**
   * Closes what a crash left open: each such segment gets the end and the length that its file has,
   * and one without a file is removed from the index, unless so many are missing that the disk is
   * more likely to be. A file that cannot be read stays as it is, and is logged.
   */
  private void closeOpen() {
    List<Segment> open =
        index.open().stream().filter(one -> one.disk().equals(folder.disk())).toList();
    int missing = 0;
    for (Segment segment : open) {
      missing += folder.exists(segment.file()) ? 0 : 1;
    }
    boolean isDiskThere = missing <= FEW || !Reindex.isTooMuch(missing, count());
    if (!isDiskThere) {
      LOG.error(
          "{} recordings that were open are not in the folder; the index keeps them. Is its disk"
              + " mounted? If it is, see scripts/admin reindex",
          missing);
    }
    for (Segment segment : open) {
      try {
        close(segment, isDiskThere);
      } catch (IOException e) {
        LOG.error("recording {} cannot be repaired: {}", segment.file(), e.toString());
      }
    }
  }

  private void close(Segment open, boolean isDiskThere) throws IOException {
    Optional<Segment> found = folder.close(open.file());
    if (found.isPresent()) {
      put(found.get());
      tellHoleBehind(found.get());
      LOG.info(
          "recording {} was open when the node ended; it goes to {}",
          found.get().file(),
          found.get().end());
    } else if (isDiskThere) {
      index.remove(open);
      LOG.error("recording {} has no picture or is gone", open.file());
    } else {
      index.put(
          new Segment(
              open.camera(),
              open.file(),
              open.start(),
              open.end(),
              open.bytes(),
              false,
              open.disk()));
    }
  }

  private long count() {
    return index.disks().stream()
        .filter(disk -> disk.id().equals(folder.disk()))
        .mapToLong(KnownDisk::segments)
        .sum();
  }

  private void put(Segment segment) throws IOException {
    index.put(segment);
    folder.holes(segment).forEach(index::put);
  }

  private void catchUp(CameraId camera) throws IOException {
    Map<StreamRole, Segment> before = new EnumMap<>(StreamRole.class);
    String day = "";
    for (StreamRole role : StreamRole.values()) {
      for (Segment newest : index.newest(new RecordedStream(camera, role), 1)) {
        before.put(role, newest);
        String its = newest.file().split("/", -1)[1];
        day = its.compareTo(day) > 0 ? its : day;
      }
    }
    if (before.isEmpty()) {
      addFirst(camera);
      return;
    }
    Set<String> known = known(camera + "/" + day, camera + "/");
    for (String next : folder.days(camera.value())) {
      for (String file :
          next.compareTo(day) < 0 ? List.<String>of() : folder.files(camera.value(), next)) {
        if (!known.contains(file) && index.find(file).isEmpty()) {
          add(file, before);
        }
      }
    }
  }

  /** Adds the files of a camera that has just begun; more than a few are not looked at here. */
  private void addFirst(CameraId camera) throws IOException {
    List<String> days = folder.days(camera.value());
    List<String> files = days.size() == 1 ? folder.files(camera.value(), days.get(0)) : List.of();
    if (days.size() > 1 || files.size() > FEW) {
      LOG.error(
          "camera {}: the index has none of its recordings; see scripts/admin reindex", camera);
      return;
    }
    Map<StreamRole, Segment> before = new EnumMap<>(StreamRole.class);
    for (String file : files) {
      add(file, before);
    }
  }

  private Set<String> known(String after, String prefix) {
    Set<String> known = new HashSet<>();
    List<Segment> page = index.after(folder.disk(), after, PAGE);
    while (!page.isEmpty() && page.get(0).file().startsWith(prefix)) {
      page.forEach(segment -> known.add(segment.file()));
      page = index.after(folder.disk(), page.get(page.size() - 1).file(), PAGE);
    }
    return known;
  }

  /** Adds a file, and the hole behind the one of its stream before it, whose place it takes. */
  private void add(String file, Map<StreamRole, Segment> newest) {
    try {
      Optional<Segment> found = folder.close(file);
      if (found.isEmpty()) {
        LOG.error("recording {} has no picture", file);
        return;
      }
      put(found.get());
      Segment before = newest.put(found.get().stream(), found.get());
      if (before != null) {
        tellHole(before.end(), found.get());
      }
      LOG.info("recording {} was not in the index when the node ended", file);
    } catch (IOException e) {
      LOG.error("recording {} cannot be read: {}", file, e.toString());
    }
  }

  /** What a disk had not written yet, when the camera had gone over to another one. */
  private void tellHoleBehind(Segment closed) {
    RecordedStream stream = new RecordedStream(closed.camera(), closed.stream());
    index.segments(stream, closed.end(), Instant.MAX, 2).stream()
        .filter(next -> !next.file().equals(closed.file()))
        .findFirst()
        .ifPresent(next -> tellHole(closed.end(), next));
  }

  private void tellHole(Instant end, Segment next) {
    RecordedStream stream = new RecordedStream(next.camera(), next.stream());
    if (Duration.between(end, next.start()).compareTo(NO_GAP) > 0
        && index.gaps(stream, end, next.start(), 1).isEmpty()) {
      index.put(new Gap(next.camera(), next.stream(), end, next.start(), Gap.Reason.UNKNOWN));
    }
  }
}
