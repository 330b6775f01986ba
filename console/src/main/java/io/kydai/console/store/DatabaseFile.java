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
 * The file of the database: its lock, its connections, and the check that it is still the file that
 * was opened. The methods may be called on any thread.
 *
 * <p>SQLite continues to use a file that was deleted or replaced, and its commits are then lost
 * when the process ends. {@link #fileFault} compares the file that the path names now with the one
 * that was opened. On file systems without file keys (inode numbers) it only detects a missing
 * file.
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
   * Creates the file if it is missing, readable by its owner only, and locks it against other
   * processes.
   *
   * @param patience the time for which a statement waits for another program's lock
   * @throws StoreException when the file cannot be opened or another process uses it
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
        throw new StoreException("another process uses the database " + file);
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
    // The file already exists; a file that was deleted must not be created again empty.
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  /** Returns the absolute path of the file. */
  Path path() {
    return path;
  }

  /** Returns the source of connections that {@link #connect} does not check. */
  SQLiteDataSource source() {
    return source;
  }

  /**
   * Opens a connection.
   *
   * @throws SQLException when the file cannot be opened, or was deleted or replaced
   */
  Connection connect() throws SQLException {
    Optional<String> fileFault = fileFault();
    if (fileFault.isPresent()) {
      throw new SQLException(fileFault.get());
    }
    Connection connection = source.getConnection();
    connections.incrementAndGet();
    return connection;
  }

  /** Records that a connection was closed; with the last one SQLite deletes its log. */
  void disconnected() {
    if (connections.decrementAndGet() == 0) {
      logKey.set(NO_KEY);
    }
  }

  /**
   * Returns how the files differ from those that were opened, with a remedy; empty when they do
   * not.
   */
  Optional<String> fileFault() {
    String advice =
        "; nothing is written to it, and alerts wait. Put the file back, or restart the node to"
            + " continue with the present file";
    try {
      Optional<Object> now = key(path);
      if (now.isEmpty()) {
        return Optional.of("the file was deleted or moved while the node runs" + advice);
      }
      if (!now.get().equals(key)) {
        return Optional.of("the file was replaced by another while the node runs" + advice);
      }
      return logFault().map(what -> what + advice);
    } catch (IOException e) {
      return Optional.of("the file cannot be checked (" + e + ")");
    }
  }

  /** Checks the write-ahead log, which contains commits that the file itself does not have yet. */
  private Optional<String> logFault() throws IOException {
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
        : Optional.of("its write-ahead log was replaced by another while the node runs");
  }

  /** Returns the key of a file; empty when it is missing, a constant where there are no keys. */
  private static Optional<Object> key(Path file) throws IOException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return Optional.of(key == null ? "no key" : key);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Releases the lock; connections are closed by their users. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
