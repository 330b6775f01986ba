package io.kydai.streaming.recording.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Tries a disk by its marker and by a file that is written, made durable and deleted. */
final class DiskProbe implements RecordingDisk.Probe {
  private static final int BYTES = 4096;

  private final Path root;
  private final String id;
  private final RecordingFiles files;
  private final Path file;

  /**
   * @param files that look for the marker themselves
   */
  DiskProbe(Path root, String id, RecordingFiles files) {
    this.root = root;
    this.id = id;
    this.files = files;
    file = root.resolve(".kydai-probe");
  }

  @Override
  public boolean isThere() throws IOException {
    return DiskMarker.read(root).filter(id::equals).isPresent();
  }

  @Override
  public void write() throws IOException {
    files.delete(file); // A node that was killed has left it.
    try (RecordingFiles.OpenFile open = files.create(file)) {
      open.append(ByteBuffer.allocate(BYTES));
      open.sync();
    }
    files.delete(file);
  }
}
