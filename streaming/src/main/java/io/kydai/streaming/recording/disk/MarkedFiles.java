package io.kydai.streaming.recording.disk;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of a disk that is looked for before each file is made or deleted: where its marker is
 * not there, or is another one's, that is refused, so that nothing is written beneath a mount
 * point.
 */
final class MarkedFiles implements RecordingFiles {
  private final Path root;
  private final String id;
  private final RecordingFiles files;

  MarkedFiles(Path root, String id, RecordingFiles files) {
    this.root = root;
    this.id = id;
    this.files = files;
  }

  private void requireDisk() throws IOException {
    String found = DiskMarker.read(root).orElse("");
    if (!found.equals(id)) {
      throw new IOException(
          "the disk "
              + id
              + " is not mounted at "
              + root
              + (found.isEmpty() ? "" : ", the disk " + found + " is"));
    }
  }

  @Override
  public OpenFile create(Path file) throws IOException {
    requireDisk();
    return files.create(file);
  }

  @Override
  public void syncNames(Path file) throws IOException {
    files.syncNames(file);
  }

  @Override
  public void delete(Path file) throws IOException {
    requireDisk();
    files.delete(file);
  }

  @Override
  public long usableBytes() throws IOException {
    return files.usableBytes();
  }
}
