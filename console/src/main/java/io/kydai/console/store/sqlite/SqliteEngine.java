package io.kydai.console.store.sqlite;

import io.kydai.console.store.engine.DatabaseEngine;
import io.kydai.console.store.engine.StoreFailure;
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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * The file of an SQLite database in write-ahead logging mode with a full sync at each commit: its
 * lock, its connections, and the check that it is still the file that was opened. The methods may
 * be called on any thread.
 *
 * <p>SQLite continues to use a file that was deleted or replaced, and its commits are then lost
 * when the process ends. {@link #fault} compares the file that the path names now with the one that
 * was opened. On file systems without file keys (inode numbers) it only detects a missing file.
 */
public final class SqliteEngine implements DatabaseEngine {
  /** The meaning of the driver's exceptions. */
  public static final StoreFailure.Interpreter FAILURES = SqliteFailures::of;

  private static final String NO_KEY = "";
  private static final Logger LOG = LoggerFactory.getLogger(SqliteEngine.class);

  private final Path path;
  private final @Nullable FileChannel lock;
  private final SQLiteDataSource source;
  private final Object key;
  private final AtomicReference<Object> logKey = new AtomicReference<>(NO_KEY);
  private final AtomicInteger connections = new AtomicInteger();

  private SqliteEngine(Path path, @Nullable FileChannel lock, SQLiteDataSource source, Object key) {
    this.path = path;
    this.lock = lock;
    this.source = source;
    this.key = key;
  }

  /**
   * Creates the file if it is missing, readable by its owner only, and locks it against other
   * nodes.
   *
   * @param patience the time for which a statement waits for another program's lock
   * @throws IOException when the file cannot be opened or another process uses it
   */
  public static SqliteEngine open(Path path, Duration patience) throws IOException {
    SqliteLibrary.prepare();
    Path file = path.toAbsolutePath().normalize();
    PrivateFiles.createDirectories(file.resolveSibling(""));
    PrivateFiles.createFile(file);
    Path lockPath = file.resolveSibling(file.getFileName() + ".lock");
    PrivateFiles.createFile(lockPath);
    FileChannel channel = FileChannel.open(lockPath, StandardOpenOption.WRITE);
    if (!locked(channel)) {
      channel.close();
      throw new IOException("another process uses it");
    }
    return new SqliteEngine(file, channel, source(file, patience), key(file).orElse(NO_KEY));
  }

  /**
   * Opens a file that must exist, beside a node that may use it.
   *
   * @param patience the time for which a statement waits for another program's lock
   * @throws IOException when the file cannot be opened
   */
  public static SqliteEngine beside(Path path, Duration patience) throws IOException {
    SqliteLibrary.prepare();
    Path file = path.toAbsolutePath().normalize();
    Object key = key(file).orElseThrow(() -> new NoSuchFileException("there is no such file"));
    return new SqliteEngine(file, null, source(file, patience), key);
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
    // What is deleted or replaced is overwritten, where that costs no further page.
    config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "FAST");
    // The file already exists; a file that was deleted must not be created again empty.
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  @Override
  public String name() {
    return path.toString();
  }

  @Override
  public String clustered() {
    return " WITHOUT ROWID";
  }

  @Override
  public String plates() {
    return "SELECT report.id AS report, json_extract(one.value, '$.text') AS plate"
        + " FROM report, json_each(report.plates) AS one";
  }

  @Override
  public DataSource migrations() {
    return source;
  }

  @Override
  public void migrated() {
    // The schema is all that a file has.
  }

  /**
   * Opens a connection.
   *
   * @throws SQLException when the file cannot be opened, or was deleted or replaced
   */
  @Override
  public Connection connect(boolean writes) throws SQLException {
    Optional<String> fault = fault();
    if (fault.isPresent()) {
      throw new SQLException(fault.get());
    }
    Connection connection = source.getConnection();
    connections.incrementAndGet();
    if (!writes) {
      execute(connection, "PRAGMA query_only = ON");
    }
    return connection;
  }

  /** Closes a connection; with the last one SQLite deletes its log. */
  @Override
  public void release(Connection connection, boolean broken) throws SQLException {
    try {
      connection.close();
    } finally {
      if (connections.decrementAndGet() == 0) {
        logKey.set(NO_KEY);
      }
    }
  }

  @Override
  public boolean pooled() {
    return false;
  }

  @Override
  public void begin(Connection connection, boolean writes) throws SQLException {
    execute(connection, writes ? "BEGIN IMMEDIATE" : "BEGIN");
  }

  /** Writes the present user version again, which changes the first page. */
  @Override
  public void probe(Connection connection) throws SQLException {
    int version;
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("PRAGMA user_version")) {
      version = rows.next() ? rows.getInt(1) : 0;
    }
    execute(connection, "PRAGMA user_version = " + version);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public StoreFailure failure(SQLException e) {
    return SqliteFailures.of(e);
  }

  @Override
  public void check() {
    // The files are examined at each call of fault().
  }

  /**
   * Returns how the files differ from those that were opened, with a remedy; empty when they do
   * not.
   */
  @Override
  public Optional<String> fault() {
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

  /** Releases the lock; connections were released by their users. */
  @Override
  public void close() {
    if (lock == null) {
      return;
    }
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("cannot release the database's lock", e);
    }
  }
}
