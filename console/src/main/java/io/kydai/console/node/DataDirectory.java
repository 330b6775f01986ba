package io.kydai.console.node;

import io.kydai.console.secrets.SecretsKey;
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
 * The folder in which a node stores its data, locked against other nodes. The operating system
 * releases the lock when the process ends in any way.
 *
 * <p>Native libraries and networks are unpacked from jars into its folder {@code libraries}, once
 * for each version, and its folder {@code tmp} is emptied at each start. Repeated crashes therefore
 * fill neither this folder nor the machine's folder for temporary files.
 */
final class DataDirectory implements AutoCloseable {
  private final Path directory;
  private final FileChannel channel;

  private DataDirectory(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Opens and locks a data folder.
   *
   * @param directory the folder, which is created if it is missing
   * @throws StartException when the folder is not writable or another node uses it
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
      // Another node of this process holds the lock.
      return false;
    }
  }

  /** Deletes the temporary files of an earlier process; the lock excludes that one still runs. */
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

  /** Returns the folder for temporary files, which is empty at each start. */
  Path temporary() {
    return directory.resolve("tmp");
  }

  /** Returns the database file. */
  Path database() {
    return directory.resolve("kydai.db");
  }

  /** Returns the file for alerts that still wait for the report queue when the node ends. */
  Path waiting() {
    return directory.resolve("intake.waiting");
  }

  /** Returns the folder of the certificate that the node makes itself. */
  Path tls() {
    return directory.resolve("tls");
  }

  /** Returns the folder of the observations that are kept for trials of rules. */
  Path observations() {
    return directory.resolve("observations");
  }

  /** Returns the folder of what moved in front of the cameras. */
  Path activity() {
    return directory.resolve("activity");
  }

  /** Returns the folder of the recordings, which is created with the first. */
  Path recordings() {
    return directory.resolve("recordings");
  }

  /** Returns the folder of the archives of cases, which is created with the first. */
  Path cases() {
    return directory.resolve("cases");
  }

  /** Returns the file of the key that signs the manifests of the evidence. */
  Path evidenceKey() {
    return directory.resolve("evidence-key.pem");
  }

  /** Returns the file of the key that encrypts secrets in the database. */
  Path secretsKey() {
    return directory.resolve(SecretsKey.FILE);
  }

  /** Returns the folder of the evidence. */
  Path evidence() {
    return directory.resolve("evidence");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
