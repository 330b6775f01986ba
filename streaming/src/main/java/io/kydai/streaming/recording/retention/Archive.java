package io.kydai.streaming.recording.retention;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFiles.OpenFile;
import io.kydai.streaming.recording.index.Move;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.RecordingIndex.Indexed;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves recordings that are old enough to the disks of the archive, the oldest first. Everything is
 * called on one thread.
 *
 * <p>A move is noted in the index, the file is copied and made durable with its name, the index
 * says the new disk, and the file is deleted where it was; then the note is. Wherever a node ends
 * in between, {@link #finish} has one file of the two left, which is the one that the index means.
 * A file whose bytes are no longer those that were written stays where it is, and so does one for
 * which the archive has no room. While pictures wait for the disk that is read, it is not read.
 */
public final class Archive {
  private static final int MOST_IN_A_RUN = 64;
  private static final Duration TRIED_AGAIN = Duration.ofDays(1);

  /** With more files that cannot be moved, each run tries those beyond it again. */
  private static final int MOST_KEPT = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

  private final RecordingDisks disks;
  private final RecordingIndex index;
  private final Function<CameraId, RetentionAges> ages;
  private final long leastFreeBytes;
  private final Clock clock;

  /** The files that could not be moved, with the time, so that they keep no others from it. */
  private final Map<String, Instant> kept = new HashMap<>();

  /**
   * @param ages at which a camera's recordings are moved
   * @param leastFreeBytes that each disk of the archive keeps free
   */
  public Archive(
      RecordingDisks disks,
      RecordingIndex index,
      Function<CameraId, RetentionAges> ages,
      long leastFreeBytes,
      Clock clock) {
    this.disks = disks;
    this.index = index;
    this.ages = ages;
    this.leastFreeBytes = leastFreeBytes;
    this.clock = clock;
  }

  /**
   * Ends the moves that were under way when a node ended. One whose disks are not both there stays
   * noted.
   *
   * @throws IOException when a disk does not delete
   */
  public void finish() throws IOException {
    IOException first = null;
    for (Move move : index.moves()) {
      try {
        finish(move);
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }

  private void finish(Move move) throws IOException {
    Optional<RecordingDisk> from = disks.find(move.from()).filter(RecordingDisk::isThere);
    Optional<RecordingDisk> to = disks.find(move.to()).filter(RecordingDisk::isThere);
    if (from.isPresent() && to.isPresent()) {
      // What retention has deleted in the meantime goes from both.
      String has = index.find(move.file()).map(Indexed::segment).map(Segment::disk).orElse("");
      for (RecordingDisk disk : List.of(from.get(), to.get())) {
        if (!has.equals(disk.id())) {
          disk.files().delete(disk.root().resolve(move.file()));
        }
      }
      index.end(move);
    }
  }

  /**
   * Moves what is due, at most {@value #MOST_IN_A_RUN} files.
   *
   * @return how many were moved
   * @throws IOException when a disk refused, after all others had their turn; what was under way is
   *     ended by {@link #finish}
   */
  public int run() throws IOException {
    IOException first = null;
    try {
      finish();
    } catch (IOException e) {
      first = e;
    }
    Instant now = clock.instant();
    kept.values().removeIf(since -> since.plus(TRIED_AGAIN).isBefore(now));
    List<String> from =
        disks.all().stream()
            .filter(disk -> !disk.isArchive() && disk.isThere() && !disk.isStuck())
            .map(RecordingDisk::id)
            .toList();
    int moved = 0;
    Set<String> refusing = new HashSet<>();
    for (Segment segment : due(from, now)) {
      if (kept.containsKey(segment.file()) || refusing.contains(segment.disk())) {
        continue;
      }
      Optional<RecordingDisk> to = room(segment.bytes());
      if (to.isEmpty()) {
        break;
      }
      try {
        boolean done = move(segment, to.get());
        moved += done ? 1 : 0;
        if (!done) {
          keep(segment, now);
        }
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        keep(segment, now);
        refusing.add(segment.disk());
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
    return moved;
  }

  /** The oldest of all cameras, each of which has its age. */
  private List<Segment> due(List<String> from, Instant now) {
    int limit = MOST_IN_A_RUN + kept.size();
    List<Segment> due = new ArrayList<>();
    for (CameraId camera : index.cameras()) {
      Duration age = ages.apply(camera).archive();
      if (age != null) {
        due.addAll(index.movable(from, camera, now.minus(age), limit));
      }
    }
    return due.stream().sorted(Comparator.comparing(Segment::start)).limit(limit).toList();
  }

  private void keep(Segment segment, Instant now) {
    if (kept.size() < MOST_KEPT) {
      kept.put(segment.file(), now);
    }
  }

  /** Returns the disk of the archive that has most free space, where it is enough. */
  private Optional<RecordingDisk> room(long bytes) throws IOException {
    Optional<RecordingDisk> best =
        disks.all().stream()
            .filter(disk -> disk.isArchive() && disk.isUsable())
            .max(Comparator.comparingLong(RecordingDisk::freeBytes));
    return best.isPresent() && best.get().files().usableBytes() - bytes > leastFreeBytes
        ? best
        : Optional.empty();
  }

  private boolean move(Segment segment, RecordingDisk to) throws IOException {
    RecordingDisk from = disks.find(segment.disk()).orElseThrow();
    Move move = new Move(segment.file(), from.id(), to.id());
    Path source = from.root().resolve(segment.file());
    Path target = to.root().resolve(segment.file());
    index.begin(move);
    if (!Files.isRegularFile(source)) {
      index.end(move);
      LOG.error("recording {} is not on the disk {}; see scripts/admin verify", source, from.id());
      return false;
    }
    String sha256 = index.find(segment.file()).map(Indexed::sha256).orElse(null);
    to.files().delete(target);
    String copied = copy(from, source, to, target);
    boolean isRight = sha256 == null || sha256.equals(copied);
    if (!isRight) {
      LOG.error("recording {} is not what was written, and stays where it is", source);
    }
    boolean done = isRight && index.complete(move);
    RecordingDisk other = done ? from : to;
    other.files().delete(other.root().resolve(segment.file()));
    index.end(move);
    return done;
  }

  /** Returns the SHA-256 of what was copied, which is durable with its name. */
  private static String copy(RecordingDisk from, Path source, RecordingDisk to, Path target)
      throws IOException {
    MessageDigest copied = Sha256.digest();
    try (BackgroundReading in = new BackgroundReading(from, source);
        OpenFile out = to.files().create(target)) {
      in.copy(0, in.channel().size(), out, copied);
      out.sync();
    } catch (NoSuchFileException e) {
      throw new IOException("recording " + source + " went while it was moved", e);
    }
    to.files().syncNames(target);
    return HexFormat.of().formatHex(copied.digest());
  }
}
