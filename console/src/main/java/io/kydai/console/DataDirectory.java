package io.kydai.console;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The folder in which a node keeps everything, and the lock that keeps other nodes out of it. The
 * operating system gives the lock back when the process ends, however it ends.
 */
final class DataDirectory implements AutoCloseable {
  private final Path directory;
  private final FileChannel channel;

  private DataDirectory(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * @param directory is made where it is missing
   * @throws StartException when it cannot be written to, or another node has it
   */
  static DataDirectory open(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.createDirectories(directory.resolve("evidence"));
      FileChannel channel =
          FileChannel.open(
              directory.resolve("kydai.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new StartException(
            "Another Kydai uses the data folder "
                + directory.toAbsolutePath().normalize()
                + "; stop it, or choose another folder with --data.");
      }
      return new DataDirectory(directory, channel);
    } catch (IOException e) {
      throw new StartException(
          "The data folder "
              + directory.toAbsolutePath().normalize()
              + " cannot be used: "
              + e
              + "; choose another with --data.",
          e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another node in this very process.
      return false;
    }
  }

  Path database() {
    return directory.resolve("kydai.db");
  }

  /** Where alerts are kept that still wait for the report queue when the node ends. */
  Path waiting() {
    return directory.resolve("intake.waiting");
  }

  Path evidence() {
    return directory.resolve("evidence");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
