package io.kydai.streaming.recording.disk;

import static java.util.Objects.requireNonNullElse;

import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The files of a folder of recordings on a real disk. */
public final class DiskFiles implements RecordingFiles {
  private final Path root;

  /**
   * Opens the folder of all recordings, which is made where it is missing.
   *
   * @throws IOException when it cannot be made
   */
  public DiskFiles(Path root) throws IOException {
    this(root, true);
    PrivateFiles.createDirectories(this.root);
  }

  private DiskFiles(Path root, boolean isMade) {
    this.root = root.toAbsolutePath();
  }

  /** Returns the files of a folder that need not be there yet. */
  static DiskFiles at(Path root) {
    return new DiskFiles(root, false);
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    PrivateFiles.createDirectories(folder(file));
    FileChannel channel =
        PrivateFiles.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    return new OpenFile() {
      @Override
      public void append(ByteBuffer data) throws IOException {
        while (data.hasRemaining()) {
          channel.write(data);
        }
      }

      @Override
      public void sync() throws IOException {
        channel.force(false);
      }

      @Override
      public void truncate(long size) throws IOException {
        channel.truncate(size);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public void syncNames(Path file) throws IOException {
    Path folder = folder(file);
    while (folder.startsWith(root)) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
      folder = folder(folder);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
    Path folder = folder(file);
    if (folder.startsWith(root) && !folder.equals(root)) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException e) {
        return; // Other files of the day stay.
      }
    }
  }

  /** The folder above a path; that of a file system's root is itself no folder of recordings. */
  private static Path folder(Path path) {
    return requireNonNullElse(path.toAbsolutePath().getParent(), Path.of(""));
  }

  @Override
  public long usableBytes() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }
}
