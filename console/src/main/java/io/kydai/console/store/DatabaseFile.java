package io.kydai.console.store;

import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * The database's file on the disk: its lock, its connections, and whether it is still the file that
 * was opened. Any thread.
 *
 * <p>A connection goes on with a file that was deleted or exchanged under its name, and what it
 * commits then is gone with the process. {@link #strayed} compares what the name means now with
 * what was opened; on file systems without file keys (inodes) it only notices a file that is gone.
 */
final class DatabaseFile implements AutoCloseable {
  private static final String NO_KEY = "";

  private final Path path;
  private final FileChannel lock;
  private final SQLiteDataSource source;
  private final Object key;
  private final AtomicReference<Object> logKey = new AtomicReference<>(NO_KEY);
  private final AtomicInteger connections = new AtomicInteger();

  private DatabaseFile(Path path, FileChannel lock, SQLiteDataSource source, Object key) {
    this.path = path;
    this.lock = lock;
    this.source = source;
    this.key = key;
  }

  /**
   * Makes the file where it is missing, so that others than its owner cannot read it, and locks it
   * against other processes.
   *
   * @param patience how long a statement waits for another program's lock
   * @throws StoreException when that fails, or another process has the database
   */
  static DatabaseFile open(Path path, Duration patience) {
    Path file = path.toAbsolutePath().normalize();
    try {
      PrivateFiles.createDirectories(file.resolveSibling(""));
      PrivateFiles.createFile(file);
      Path lockPath = file.resolveSibling(file.getFileName() + ".lock");
      PrivateFiles.createFile(lockPath);
      FileChannel channel = FileChannel.open(lockPath, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new StoreException("another process has the database " + file);
      }
      return new DatabaseFile(file, channel, source(file, patience), key(file).orElse(NO_KEY));
    } catch (IOException e) {
      throw new StoreException("cannot open the database " + file + ": " + e, e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static SQLiteDataSource source(Path file, Duration patience) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout((int) patience.toMillis());
    // The file is there. One that is gone must not come back empty under a running node.
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  Path path() {
    return path;
  }

  SQLiteDataSource source() {
    return source;
  }

  /**
   * @throws SQLException when the file cannot be opened, or is not the one that was opened first
   */
  Connection connect() throws SQLException {
    Optional<String> strayed = strayed();
    if (strayed.isPresent()) {
      throw new SQLException(strayed.get());
    }
    Connection connection = source.getConnection();
    connections.incrementAndGet();
    return connection;
  }

  /** A connection of {@link #connect} was closed. With the last one SQLite deletes its log. */
  void disconnected() {
    if (connections.decrementAndGet() == 0) {
      logKey.set(NO_KEY);
    }
  }

  /**
   * What is wrong with the files under the database's names, and what to do; empty when nothing.
   */
  Optional<String> strayed() {
    String advice =
        "; nothing is written to it, and alerts wait. Put the file back, or restart the node to go on"
            + " with what is there";
    try {
      Optional<Object> now = key(path);
      if (now.isEmpty()) {
        return Optional.of("the file was deleted or moved while the node runs" + advice);
      }
      if (!now.get().equals(key)) {
        return Optional.of("the file was exchanged for another while the node runs" + advice);
      }
      return strayedLog().map(what -> what + advice);
    } catch (IOException e) {
      return Optional.of("the file cannot be looked at (" + e + ")");
    }
  }

  /** The write-ahead log holds commits that the file itself does not have yet. */
  private Optional<String> strayedLog() throws IOException {
    Path log = path.resolveSibling(path.getFileName() + "-wal");
    Optional<Object> now = key(log);
    if (logKey.compareAndSet(NO_KEY, now.orElse(NO_KEY))) {
      return Optional.empty();
    }
    if (now.isEmpty()) {
      return Optional.of("its write-ahead log was deleted or moved while the node runs");
    }
    return now.get().equals(logKey.get())
        ? Optional.empty()
        : Optional.of("its write-ahead log was exchanged for another while the node runs");
  }

  /** Empty when there is no such file; some constant where the file system has no keys. */
  private static Optional<Object> key(Path file) throws IOException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Optional.of(key == null ? "no key" : key);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Gives the lock back; the connections are their users' to close. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
