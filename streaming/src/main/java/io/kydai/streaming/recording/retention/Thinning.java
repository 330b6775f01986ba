package io.kydai.streaming.recording.retention;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.mp4.ThinnedFile;
import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.recording.disk.RecordingDisk;
import io.kydai.streaming.recording.disk.RecordingDisks;
import io.kydai.streaming.recording.disk.RecordingFiles.OpenFile;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.disk.SegmentNames;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.RecordingIndex.Indexed;
import io.kydai.streaming.recording.index.Segment;
import io.kydai.streaming.recording.index.ThinningIndex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Thins recordings that are old enough to their key frames, the oldest of each camera first. What
 * is held stays as it is. Everything is called on one thread, that of the {@link Archive}.
 *
 * <p>A thinning is noted in the index, the new file is written beside the first and made durable
 * with its name, the index says the new file and that the first goes, in one transaction, and the
 * first is deleted; then the note is. Wherever a node ends in between, {@link #finish} has one file
 * of the two left, which is the one that the index means. A file whose bytes are no longer those
 * that were written stays as it is, so that a change does not get a right digest by it.
 */
public final class Thinning {
  /** So that no camera keeps the others from it. */
  private static final int MOST_OF_A_CAMERA = 8;

  private static final Duration TRIED_AGAIN = Duration.ofDays(1);

  /** With more files that cannot be thinned, each run tries those beyond it again. */
  private static final int MOST_KEPT = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Thinning.class);

  private final RecordingDisks disks;
  private final RecordingIndex index;
  private final ThinningIndex rows;
  private final Function<CameraId, RetentionAges> ages;
  private final long leastFreeBytes;
  private final Clock clock;
  private final ClockTrust trust;

  /** The files that could not be thinned, with the time, so that they keep no others from it. */
  private final Map<String, Instant> kept = new HashMap<>();

  /**
   * @param ages at which a camera's recordings are thinned
   * @param leastFreeBytes of a disk; with less than half of it nothing is thinned there
   * @param nanos a clock that is never set, in nanoseconds
   */
  public Thinning(
      RecordingDisks disks,
      RecordingIndex index,
      Function<CameraId, RetentionAges> ages,
      long leastFreeBytes,
      Clock clock,
      LongSupplier nanos) {
    this.disks = disks;
    this.index = index;
    this.ages = ages;
    this.leastFreeBytes = leastFreeBytes;
    this.clock = clock;
    rows = index.thinning();
    trust = new ClockTrust(clock, nanos, "thinned");
  }

  /**
   * Ends the thinnings of a disk that were under way when a node ended.
   *
   * @throws IOException when the disk does not delete
   */
  public static void finish(RecordingDisk disk, RecordingIndex index) throws IOException {
    for (ThinningIndex.Note note : index.thinning().notes()) {
      if (note.disk().equals(disk.id())) {
        finish(note, disk, index);
      }
    }
  }

  private static void finish(ThinningIndex.Note note, RecordingDisk disk, RecordingIndex index)
      throws IOException {
    String thinned = SegmentNames.thinned(note.file());
    Optional<Indexed> first = index.find(note.file());
    if (first.isPresent()) {
      // A look at the files may have given a row to what was not written to its end.
      index.find(thinned).map(Indexed::segment).ifPresent(index::remove);
    }
    for (String file : List.of(note.file(), thinned)) {
      boolean isMeant =
          index.find(file).filter(row -> row.segment().disk().equals(disk.id())).isPresent();
      if (!isMeant) {
        disk.files().delete(disk.root().resolve(file)); // What retention deleted meanwhile as well.
      }
    }
    index.thinning().end(note);
  }

  /**
   * Thins what is due on the disks that are there, at most {@value #MOST_OF_A_CAMERA} files of each
   * camera on each.
   *
   * @return how many were thinned
   * @throws IOException when a disk refused, after all others had their turn; what was under way is
   *     ended by {@link #finish}
   */
  public int run() throws IOException {
    Instant now = clock.instant();
    kept.values().removeIf(since -> since.plus(TRIED_AGAIN).isBefore(now));
    boolean isByAge = trust.isBelieved();
    int thinned = 0;
    IOException first = null;
    for (RecordingDisk disk : disks.all()) {
      if (disk.isUsable()) {
        try {
          finish(disk, index);
          thinned += isByAge ? run(disk, now) : 0;
        } catch (ClosedByInterruptException e) {
          throw e; // The node ends.
        } catch (IOException e) {
          first = first == null ? e : first;
        }
      }
    }
    if (first != null) {
      throw first;
    }
    return thinned;
  }

  private int run(RecordingDisk disk, Instant now) throws IOException {
    int thinned = 0;
    for (CameraId camera : index.cameras()) {
      Duration age = ages.apply(camera).thin();
      List<Segment> due =
          age == null
              ? List.of()
              : rows.due(disk.id(), camera, now.minus(age), MOST_OF_A_CAMERA + kept.size());
      int left = MOST_OF_A_CAMERA;
      for (Segment segment : due) {
        if (left == 0 || disk.files().usableBytes() - segment.bytes() < leastFreeBytes / 2) {
          break;
        }
        if (!kept.containsKey(segment.file())) {
          left--;
          thinned += thinOrKeep(segment, disk, now) ? 1 : 0;
        }
      }
    }
    return thinned;
  }

  private boolean thinOrKeep(Segment segment, RecordingDisk disk, Instant now) throws IOException {
    boolean done = false;
    try {
      done = thin(segment, disk);
      return done;
    } finally {
      if (!done && kept.size() < MOST_KEPT) {
        kept.put(segment.file(), now);
      }
    }
  }

  private boolean thin(Segment segment, RecordingDisk disk) throws IOException {
    String name = SegmentNames.thinned(segment.file());
    Path source = disk.root().resolve(segment.file());
    if (!Files.isRegularFile(source) || index.find(name).isPresent()) {
      LOG.error("recording {} cannot be thinned; see scripts/admin verify", source);
      return false;
    }
    ThinnedFile plan;
    try (BackgroundReading in = new BackgroundReading(disk, source)) {
      RecordedFile file = RecordedFile.read(in.channel());
      if (!file.damage().isEmpty() || file.fragments().isEmpty()) {
        LOG.error("recording {} is damaged, and is not thinned", source);
        return false;
      }
      plan = ThinnedFile.of(file);
      if (plan.isWhole()) {
        rows.spare(segment);
        return false;
      }
      ThinningIndex.Note note = new ThinningIndex.Note(segment.file(), disk.id());
      rows.begin(note);
      Path target = disk.root().resolve(name);
      disk.files().delete(target);
      String sha256 = write(plan, in, disk, target);
      boolean done = isAsWritten(segment, in.end()) && complete(segment, disk, name, sha256);
      disk.files().delete(done ? source : target);
      rows.end(note);
      return done;
    }
  }

  private boolean isAsWritten(Segment segment, String sha256) {
    String known = index.find(segment.file()).map(Indexed::sha256).orElse(null);
    boolean isRight = known == null || known.equals(sha256);
    if (!isRight) {
      LOG.error("recording {} is not what was written, and is not thinned", segment.file());
    }
    return isRight;
  }

  /** The row says what the new file has, as whoever reads the files later will find it. */
  private boolean complete(Segment segment, RecordingDisk disk, String name, String sha256)
      throws IOException {
    Optional<Segment> thinned = new RecordingFolder(disk.root(), disk.id()).read(name);
    return thinned.isPresent() && rows.complete(segment, thinned.get(), sha256);
  }

  /** Returns the SHA-256 of what was written, which is durable with its name. */
  private static String write(
      ThinnedFile plan, BackgroundReading in, RecordingDisk disk, Path target) throws IOException {
    MessageDigest written = Sha256.digest();
    try (OpenFile out = disk.files().create(target)) {
      append(out, written, plan.initialisation());
      long number = 0;
      for (RecordedFragment keyFrame : plan.keyFrames()) {
        append(out, written, ThinnedFile.header(++number, keyFrame));
        in.copy(keyFrame.mediaOffset(), keyFrame.end(), out, written);
      }
      out.sync();
    }
    disk.files().syncNames(target);
    return HexFormat.of().formatHex(written.digest());
  }

  private static void append(OpenFile out, MessageDigest written, ByteBuffer bytes)
      throws IOException {
    written.update(bytes.duplicate());
    out.append(bytes.duplicate());
  }
}
