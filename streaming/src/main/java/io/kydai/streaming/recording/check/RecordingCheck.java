package io.kydai.streaming.recording.check;

import io.kydai.streaming.proof.Sha256;
import io.kydai.streaming.recording.disk.RecordingFolder;
import io.kydai.streaming.recording.index.RecordingIndex;
import io.kydai.streaming.recording.index.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds recorded files against their index, also beside a node that records. What the node is
 * writing, or has deleted in the meantime, is no fault.
 */
public final class RecordingCheck {
  private static final int BUFFER = 1 << 20;

  private final Path root;
  private final RecordingFolder folder;
  private final RecordingIndex index;
  private final Depth depth;
  private final Clock clock;
  private final Consumer<Fault> faults;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long files;
  private long faultCount;
  private long torn;
  private long withoutDigest;
  private long bytesRead;

  /** How closely is looked. Each looks at what the one before it does, too. */
  public enum Depth {
    /** Whether each row has its file, and each file its row. */
    PRESENCE,
    /** Whether each closed file is as long as its row says. */
    SIZE,
    /** Whether each closed file has the bytes that were written. */
    HASH
  }

  /**
   * What is wrong with a file.
   *
   * @param kind {@code missing}, {@code unknown}, {@code double}, {@code size}, {@code changed} or
   *     {@code unreadable}
   */
  public record Fault(String file, String kind, String what) {}

  /**
   * What was looked at.
   *
   * @param torn files that end within their first fragment, as the end of a node leaves them
   * @param withoutDigest closed files of which the digest is not known, which could not be compared
   * @param bytesRead of files, for their digests
   */
  public record Outcome(long files, long faults, long torn, long withoutDigest, long bytesRead) {
    /** Of no disk. */
    public static final Outcome NONE = new Outcome(0, 0, 0, 0, 0);

    /** Returns what was looked at on two disks. */
    public Outcome plus(Outcome other) {
      return new Outcome(
          files + other.files,
          faults + other.faults,
          torn + other.torn,
          withoutDigest + other.withoutDigest,
          bytesRead + other.bytesRead);
    }
  }

  /**
   * @param faults is told of each fault when it is found
   */
  public RecordingCheck(
      RecordingFolder folder,
      RecordingIndex index,
      Depth depth,
      Clock clock,
      Consumer<Fault> faults) {
    root = folder.root();
    this.folder = folder;
    this.index = index;
    this.depth = depth;
    this.clock = clock;
    this.faults = faults;
  }

  /**
   * Looks at every file of the disk and every row of it. To be called once.
   *
   * @throws IOException when a folder cannot be listed
   */
  public Outcome run() throws IOException {
    FilesAndRows.visit(
        folder,
        index,
        new FilesAndRows.Visitor() {
          @Override
          public void file(String file, @Nullable Segment row) {
            files++;
            check(file, row);
          }

          @Override
          public void rowAlone(Segment row) {
            if (!folder.exists(row.file()) && index.find(row.file()).isPresent()) {
              fault(row.file(), "missing", "the index has it, the folder does not");
            }
          }
        });
    return new Outcome(files, faultCount, torn, withoutDigest, bytesRead);
  }

  private void fault(String file, String kind, String what) {
    faultCount++;
    faults.accept(new Fault(file, kind, what));
  }

  private void check(String file, @Nullable Segment row) {
    try {
      if (row == null) {
        Optional<RecordingIndex.Indexed> other = index.find(file);
        if (other.isPresent() && !other.get().segment().disk().equals(folder.disk())) {
          fault(file, "double", "the index has it on the disk " + other.get().segment().disk());
          return;
        }
        if (folder.isYoung(file, clock) || other.isPresent()) {
          return;
        }
        if (folder.isTorn(file)) {
          torn++;
        } else {
          fault(file, "unknown", "the folder has it, the index does not");
        }
      } else if (!row.open() && depth != Depth.PRESENCE) {
        checkContent(file);
      }
    } catch (NoSuchFileException e) {
      if (index.find(file).isPresent()) {
        fault(file, "missing", "it went while it was read, and the index has it");
      }
    } catch (IOException e) {
      fault(file, "unreadable", e.toString());
    }
  }

  private void checkContent(String file) throws IOException {
    Optional<RecordingIndex.Indexed> indexed = index.find(file);
    if (indexed.isEmpty()) {
      return; // Retention deletes it now.
    }
    long size = Files.size(root.resolve(file));
    long expected = indexed.get().segment().bytes();
    String sha256 = indexed.get().sha256();
    if (size != expected) {
      fault(file, "size", "it has %d bytes, the index says %d".formatted(size, expected));
    } else if (depth == Depth.HASH && sha256 == null) {
      withoutDigest++;
    } else if (depth == Depth.HASH && !digest(file).equals(sha256)) {
      fault(file, "changed", "its bytes are not those that were written");
    }
  }

  private String digest(String file) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (FileChannel channel = FileChannel.open(root.resolve(file), StandardOpenOption.READ)) {
      while (channel.read(buffer.clear()) >= 0) {
        bytesRead += buffer.flip().remaining();
        digest.update(buffer);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
