package io.kydai.streaming.recording.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What recording needs of a file system, so that a test can lose what was not synchronised. For one
 * thread, but for {@link #usableBytes}.
 */
public interface RecordingFiles {
  /**
   * Creates a file that only the node's user can read, with the folders above it.
   *
   * @throws IOException when it cannot be created, or is there already
   */
  OpenFile create(Path file) throws IOException;

  /**
   * Makes the names of a file and of its folders durable, up to the folder of all recordings.
   *
   * @throws IOException when that fails, after which the names may or may not be durable
   */
  void syncNames(Path file) throws IOException;

  /**
   * Deletes a file where it is, and its folder where that is empty now.
   *
   * @throws IOException when it is still there
   */
  void delete(Path file) throws IOException;

  /** The bytes that can still be written to the disk. */
  long usableBytes() throws IOException;

  /** A file that is being written. */
  interface OpenFile extends Closeable {
    /**
     * Appends the remaining bytes.
     *
     * @throws IOException after which any part of them may stand in the file
     */
    void append(ByteBuffer data) throws IOException;

    /** Makes all bytes so far durable (fdatasync). */
    void sync() throws IOException;

    /** Cuts the file to its first bytes. */
    void truncate(long size) throws IOException;
  }
}
