package io.kydai.streaming.recording;

import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what the folder of recordings contains, without an index. For any thread. */
public final class RecordingFolder {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingFolder.class);
  private static final int DEPTH = 3;

  private final Path root;

  /**
   * @param root the folder of all recordings, which need not exist
   */
  public RecordingFolder(Path root) {
    this.root = root;
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
      if (content.damage() != null) {
        LOG.error("recording {} is damaged: {}", file, content.damage());
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
              false));
    }
  }

  /**
   * Closes what a crash left open: each such segment gets the end and the length that its file has,
   * a torn fragment at its end is cut off, and one without a file is removed from the index. A file
   * that cannot be read stays as it is, and is logged.
   */
  public void repair(RecordingIndex index) {
    for (Segment open : index.open()) {
      try {
        repair(open, index);
      } catch (IOException e) {
        LOG.error("recording {} cannot be repaired: {}", open.file(), e.toString());
      }
    }
  }

  private void repair(Segment open, RecordingIndex index) throws IOException {
    Optional<Segment> found = read(open.file());
    if (found.isPresent()) {
      Segment whole = found.get();
      cut(whole);
      index.put(whole);
      LOG.info(
          "recording {} was open when the node ended; it goes to {}", whole.file(), whole.end());
    } else {
      index.remove(open);
      LOG.error("recording {} has no picture or is gone", open.file());
    }
  }

  private void cut(Segment whole) throws IOException {
    try (FileChannel channel =
        FileChannel.open(root.resolve(whole.file()), StandardOpenOption.WRITE)) {
      if (channel.size() > whole.bytes()) {
        channel.truncate(whole.bytes());
        channel.force(true);
      }
    }
  }
}
