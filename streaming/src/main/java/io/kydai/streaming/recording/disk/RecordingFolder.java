package io.kydai.streaming.recording.disk;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFile.Damage;
import io.kydai.streaming.mp4.RecordedFragment;
import io.kydai.streaming.recording.index.Gap;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the folder of recordings contains, without an index. For any thread. */
public final class RecordingFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingFolder.class);

  /** What changed so lately may still be written, in seconds. */
  public static final int YOUNG_SECONDS = 60;

  private static final int DEPTH = 3;

  private final Path root;
  private final String disk;

  /**
   * @param root the folder of all recordings, which need not exist
   */
  public RecordingFolder(Path root) {
    this(root, "");
  }

  /**
   * @param root the folder of a disk's recordings, which need not exist
   * @param disk its id
   */
  public RecordingFolder(Path root, String disk) {
    this.root = root;
    this.disk = disk;
  }

  /** The id of the disk. */
  public String disk() {
    return disk;
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /**
   * Hands over every recorded file, closed segments all of them, in any order. Files with other
   * names are left alone; one that cannot be read, or has no whole picture, is logged and left out.
   *
   * @return how many were handed over
   * @throws IOException when a folder cannot be listed
   */
  public int scan(Consumer<Segment> to) throws IOException {
    if (!Files.isDirectory(root)) {
      return 0;
    }
    int count = 0;
    try (Stream<Path> paths = Files.walk(root, DEPTH)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Optional<Segment> segment =
            SegmentNames.camera(name(path)).isPresent() ? readOrLog(name(path)) : Optional.empty();
        if (segment.isPresent()) {
          to.accept(segment.get());
          count++;
        }
      }
    }
    return count;
  }

  private String name(Path path) {
    return root.relativize(path).toString().replace('\\', '/');
  }

  private Optional<Segment> readOrLog(String file) {
    try {
      return read(file);
    } catch (IOException e) {
      LOG.error("recording {} cannot be read: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /**
   * Reads one recorded file.
   *
   * @param file its path in the folder
   * @return empty when there is no such file or it has no whole picture
   * @throws IOException when it cannot be read
   */
  public Optional<Segment> read(String file) throws IOException {
    Optional<CameraId> camera = SegmentNames.camera(file);
    Path path = root.resolve(file);
    if (camera.isEmpty() || !Files.isRegularFile(path)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      RecordedFile content = RecordedFile.read(channel);
      for (Damage damage : content.damage()) {
        LOG.error(
            "recording {} is damaged: bytes {} to {} cannot be read: {}",
            file,
            damage.from(),
            damage.to(),
            damage.what());
      }
      if (content.fragments().isEmpty()) {
        return Optional.empty();
      }
      RecordedFragment first = content.fragments().get(0);
      RecordedFragment last = content.fragments().get(content.fragments().size() - 1);
      return Optional.of(
          new Segment(
              camera.get(),
              file,
              first.wallClock(),
              last.wallClockEnd(),
              content.wholeBytes(),
              false,
              disk));
    }
  }

  /**
   * Reads a file that a crash left open, and cuts off a fragment at its end that is not whole. What
   * is damaged before that stays as it is, and is logged.
   *
   * @return as {@link #read}
   * @throws IOException when it cannot be read or cut; it stays as it is then
   */
  public Optional<Segment> close(String file) throws IOException {
    Optional<Segment> found = read(file);
    if (found.isPresent()) {
      cut(found.get());
    }
    return found;
  }

  private void cut(Segment whole) throws IOException {
    try (FileChannel channel =
        FileChannel.open(root.resolve(whole.file()), StandardOpenOption.WRITE)) {
      long torn = channel.size() - whole.bytes();
      if (torn > 0) {
        channel.truncate(whole.bytes());
        channel.force(true);
        LOG.info(
            "recording {}: the last {} bytes were not written to their end", whole.file(), torn);
      }
    }
  }

  /**
   * Returns whether a file ends within its first fragment, as a node that was killed leaves it.
   *
   * @throws IOException when it cannot be read
   */
  public boolean isTorn(String file) throws IOException {
    try (FileChannel channel = FileChannel.open(root.resolve(file), StandardOpenOption.READ)) {
      RecordedFile content = RecordedFile.read(channel);
      return content.fragments().isEmpty() && content.damage().isEmpty();
    }
  }

  /**
   * Returns the spans of a file of which the pictures are not readable, as gaps.
   *
   * @throws IOException when it cannot be read
   */
  public List<Gap> holes(Segment segment) throws IOException {
    try (FileChannel channel =
        FileChannel.open(root.resolve(segment.file()), StandardOpenOption.READ)) {
      List<Gap> holes = new ArrayList<>();
      RecordedFragment before = null;
      for (RecordedFragment fragment : RecordedFile.read(channel).fragments()) {
        if (before != null && before.end() != fragment.offset()) {
          Instant from = before.wallClockEnd();
          Instant to = fragment.wallClock().isAfter(from) ? fragment.wallClock() : from;
          holes.add(new Gap(segment.camera(), segment.stream(), from, to, Gap.Reason.DISK_ERROR));
        }
        before = fragment;
      }
      return holes;
    }
  }

  /** Returns whether there is a file of a name. */
  public boolean exists(String file) {
    return Files.isRegularFile(root.resolve(file));
  }

  /**
   * Returns whether a file may still be written, or has just been deleted: it changed in the last
   * {@value #YOUNG_SECONDS} s, or is not there.
   */
  public boolean isYoung(String file, Clock clock) {
    try {
      return Files.getLastModifiedTime(root.resolve(file))
          .toInstant()
          .isAfter(clock.instant().minusSeconds(YOUNG_SECONDS));
    } catch (IOException e) {
      return true;
    }
  }

  /** Returns the names of the cameras' folders, sorted; empty where nothing was recorded. */
  public List<String> cameras() throws IOException {
    return names(root, Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}"));
  }

  /** Returns the names of a camera's dated folders, sorted. */
  public List<String> days(String camera) throws IOException {
    return names(root.resolve(camera), Pattern.compile("\\d{4}-\\d\\d-\\d\\d"));
  }

  /** Returns the recorded files of a camera's day, as segments name them, sorted. */
  public List<String> files(String camera, String day) throws IOException {
    Path folder = root.resolve(camera).resolve(day);
    return names(folder, Pattern.compile(".*\\.mp4")).stream()
        .map(name -> camera + "/" + day + "/" + name)
        .filter(file -> SegmentNames.camera(file).isPresent())
        .toList();
  }

  private static List<String> names(Path folder, Pattern pattern) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(pattern.asMatchPredicate())
          .sorted()
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
