package io.kydai.streaming.recording.check;

import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.KnownDisk;
import io.kydai.streaming.recording.index.RecordedStream;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.RecordingIndex.Indexed;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes the index equal to the files of a disk, of which it looks at every one; also beside a node
 * that records. Files are the truth: a file without a row gets one, a row without a file is
 * removed, and a row that says otherwise than its file is replaced. A hole between two files of
 * which one was unknown becomes a gap of which the reason is unknown.
 *
 * <p>What a node may be writing is left alone: rows that are open, and files that changed in the
 * last {@value RecordingFolder#YOUNG_SECONDS} s. A fragment that is not whole at the end of any
 * other file is cut off.
 */
public final class Reindex {
  private static final int PERCENT = 5;
  private static final Duration NO_GAP = Duration.ofMillis(100);

  private final RecordingFolder folder;
  private final RecordingIndex index;
  private final Predicate<Segment> isElsewhere;
  private final Clock clock;

  /** What differs between a file and its row. */
  public enum Difference {
    /** The index does not have the file. */
    ADDED,
    /** There is no file. */
    REMOVED,
    /** The row says otherwise than the file. */
    CHANGED,
    /** Another disk has the file, and the row is of that one. It stays. */
    DOUBLE,
    /** The file has no row and cannot be read, or has no whole picture. It stays. */
    UNREADABLE
  }

  /**
   * What was found.
   *
   * @param rows that the index had
   * @param isDone whether the index was changed; never when there were too many to remove
   * @param isTooMuch whether more rows would be removed than is done without being told so
   */
  public record Outcome(
      long rows,
      long files,
      long added,
      long removed,
      long changed,
      long unreadable,
      long left,
      boolean isDone,
      boolean isTooMuch) {
    /** Of no disk. */
    public static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, 0, 0, true, false);

    /** Returns what was found on two disks; done is what was done on both. */
    public Outcome plus(Outcome other) {
      return new Outcome(
          rows + other.rows,
          files + other.files,
          added + other.added,
          removed + other.removed,
          changed + other.changed,
          unreadable + other.unreadable,
          left + other.left,
          isDone && other.isDone,
          isTooMuch || other.isTooMuch);
    }
  }

  /**
   * @param folder of one disk
   * @param isElsewhere whether the file of a row on another disk is there
   */
  public Reindex(
      RecordingFolder folder, RecordingIndex index, Predicate<Segment> isElsewhere, Clock clock) {
    this.folder = folder;
    this.isElsewhere = isElsewhere;
    this.index = index;
    this.clock = clock;
  }

  /** Returns whether so many of the index's rows are not removed without being told so. */
  public static boolean isTooMuch(long removed, long rows) {
    return removed * 100 > rows * PERCENT;
  }

  /**
   * Compares, and then changes the index where it is to be changed.
   *
   * @param apply whether to change the index; else it is only said what would be done
   * @param anyNumber whether to remove more than {@value #PERCENT} % of the rows too
   * @param found is told of each difference once, with the file's name
   * @throws IOException when a folder cannot be listed
   */
  public Outcome run(boolean apply, boolean anyNumber, BiConsumer<Difference, String> found)
      throws IOException {
    long rows =
        index.disks().stream()
            .filter(disk -> disk.id().equals(folder.disk()))
            .mapToLong(KnownDisk::segments)
            .sum();
    Pass look = new Pass(false, found);
    FilesAndRows.visit(folder, index, look);
    boolean tooMuch = isTooMuch(look.removed, rows) && !anyNumber;
    boolean done = apply && !tooMuch;
    if (done) {
      FilesAndRows.visit(folder, index, new Pass(true, (difference, file) -> {}));
    }
    return new Outcome(
        rows,
        look.files,
        look.added,
        look.removed,
        look.changed,
        look.unreadable,
        look.left,
        done,
        tooMuch);
  }

  /** The file of a stream before the one that is looked at. */
  private record Before(Segment segment, boolean isNew) {}

  /** One way through all files and rows, both in the order of the names. */
  private final class Pass implements FilesAndRows.Visitor {
    private final boolean apply;
    private final BiConsumer<Difference, String> found;
    private final Map<StreamRole, Before> before = new EnumMap<>(StreamRole.class);
    private long files;
    private long added;
    private long removed;
    private long changed;
    private long unreadable;
    private long left;

    Pass(boolean apply, BiConsumer<Difference, String> found) {
      this.apply = apply;
      this.found = found;
    }

    @Override
    public void rowAlone(Segment row) {
      if (folder.exists(row.file())) {
        return; // It was made while the folder was read.
      }
      removed++;
      found.accept(Difference.REMOVED, row.file());
      if (apply) {
        index.remove(row);
      }
    }

    @Override
    public void file(String file, @Nullable Segment listed) throws IOException {
      files++;
      // What was begun since its page of rows was read has a row by now.
      Segment row = listed == null ? index.find(file).map(Indexed::segment).orElse(null) : listed;
      if (row != null && !row.disk().equals(folder.disk()) && isElsewhere.test(row)) {
        unreadable++;
        found.accept(Difference.DOUBLE, file);
        return;
      }
      if (row != null && row.open() || row == null && folder.isYoung(file, clock)) {
        left++;
        follow(file, row, false);
        return;
      }
      Optional<Segment> whole = read(file, row);
      if (whole.isEmpty()) {
        unreadable++;
        found.accept(Difference.UNREADABLE, file);
      } else if (whole.get().equals(row)) {
        follow(file, row, false);
      } else {
        Difference difference = row == null ? Difference.ADDED : Difference.CHANGED;
        added += row == null ? 1 : 0;
        changed += row == null ? 0 : 1;
        found.accept(difference, file);
        follow(file, whole.get(), true);
        if (apply) {
          put(whole.get());
        }
      }
    }

    /** A file that the node has closed is not touched, whatever its end looks like now. */
    private Optional<Segment> read(String file, @Nullable Segment row) {
      try {
        return apply && row == null ? folder.close(file) : folder.read(file);
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    /** The digest of what was written is kept, by which a file that changed since is named. */
    private void put(Segment segment) throws IOException {
      String sha256 = index.find(segment.file()).map(Indexed::sha256).orElse(null);
      if (sha256 == null) {
        index.put(segment);
      } else {
        index.close(segment, sha256);
      }
      if (folder.exists(segment.file())) {
        folder.holes(segment).forEach(index::put);
      } else {
        index.remove(segment); // Retention was faster.
      }
    }

    private void follow(String file, @Nullable Segment next, boolean isNew) {
      StreamRole stream = Segment.stream(file);
      Before last =
          next == null ? before.remove(stream) : before.put(stream, new Before(next, isNew));
      if (apply && last != null && next != null && (isNew || last.isNew())) {
        tellHole(last.segment(), next);
      }
    }

    private void tellHole(Segment last, Segment next) {
      CameraId camera = next.camera();
      if (last.camera().equals(camera)
          && Duration.between(last.end(), next.start()).compareTo(NO_GAP) > 0
          && index
              .gaps(new RecordedStream(camera, next.stream()), last.end(), next.start(), 1)
              .isEmpty()) {
        index.put(new Gap(camera, next.stream(), last.end(), next.start(), Gap.Reason.UNKNOWN));
      }
    }
  }
}
