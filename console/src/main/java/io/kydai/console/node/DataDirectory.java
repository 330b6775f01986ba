package io.kydai.console.node;

import io.kydai.models.unpack.UnpackedFiles;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folder in which a node keeps everything, and the lock that keeps other nodes out of it. The
 * operating system gives the lock back when the process ends, however it ends.
 *
 * <p>Libraries and networks out of jars are unpacked into its {@code libraries}, once for each
 * version; {@code tmp} is emptied at each start. So a process that is killed leaves nothing that
 * grows, neither here nor in the machine's folder for temporary files.
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
      PrivateFiles.createDirectories(directory);
      PrivateFiles.createDirectories(directory.resolve("evidence"));
      Path lock = directory.resolve("kydai.lock");
      PrivateFiles.createFile(lock);
      FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new StartException(
            "Another Kydai uses the data folder "
                + directory.toAbsolutePath().normalize()
                + "; stop it, or choose another folder with --data.");
      }
      DataDirectory data = new DataDirectory(directory, channel);
      try {
        data.clean();
        UnpackedFiles.use(directory.resolve("libraries"));
        return data;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
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

  /** What a process that was killed left behind, which no other process can be using now. */
  private void clean() throws IOException {
    Path temporary = temporary();
    if (Files.exists(temporary, LinkOption.NOFOLLOW_LINKS)) {
      try (Stream<Path> left = Files.walk(temporary)) {
        for (Path one : left.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
    PrivateFiles.createDirectories(temporary);
  }

  /** Files that are of use to this process only; empty at each start. */
  Path temporary() {
    return directory.resolve("tmp");
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
