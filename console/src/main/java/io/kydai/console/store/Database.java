package io.kydai.console.store;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The database: SQLite, in the write-ahead log's mode, with a full sync at each commit.
 *
 * <ul>
 *   <li>What {@link #transaction} returned of is on the disk: it outlives the process and the
 *       power.
 *   <li>Transactions are done one after the other, in the order in which they were handed in.
 *   <li>Reading goes on while somebody writes, and sees whole transactions only.
 *   <li>One process at a time has a database: a lock file beside it says so.
 * </ul>
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>what</th><th>how many</th><th>when full</th></tr>
 * <tr><td>transactions waiting</td><td>{@value #MAX_WAITING}</td>
 *     <td>a {@link StoreException} at once; nothing is written</td></tr>
 * <tr><td>connections for reading</td><td>{@value #READERS}</td>
 *     <td>the caller waits, after {@value #PATIENCE_SECONDS} s a {@link StoreException}</td></tr>
 * </table>
 *
 * <p>Callers wait for the disk: no event loop may call.
 */
public final class Database implements AutoCloseable {
  static final int MAX_WAITING = 1_000;
  private static final int READERS = 4;
  private static final int PATIENCE_SECONDS = 10;
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final FileChannel lockFile;
  private final Connection writing;
  private final List<Connection> readers = new ArrayList<>();
  private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(READERS);
  private final ThreadPoolExecutor writer;
  private volatile Optional<Thread> writerThread = Optional.empty();
  private volatile boolean closed;

  /** Work on a connection that is lent until the call returns. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  private Database(FileChannel lockFile, SQLiteDataSource source) throws SQLException {
    this.lockFile = lockFile;
    writing = source.getConnection();
    writing.setAutoCommit(false);
    try {
      for (int i = 0; i < READERS; i++) {
        Connection reader = source.getConnection();
        readers.add(reader);
        try (var statement = reader.createStatement()) {
          statement.execute("PRAGMA query_only = ON");
        }
      }
    } catch (SQLException e) {
      closeConnections();
      throw e;
    }
    idle.addAll(readers);
    writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = new Thread(task, "database");
              writerThread = Optional.of(thread);
              return thread;
            });
  }

  /**
   * Opens the database and brings its schema up to date.
   *
   * @param file is made, with its folder, where it is missing; others than its owner cannot read it
   * @throws StoreException when it cannot be opened, or another process has it
   */
  public static Database open(Path file) {
    FileChannel lock = lock(file);
    try {
      SQLiteDataSource source = source(file);
      Flyway.configure()
          .dataSource(source)
          .locations("classpath:io/kydai/console/store")
          .load()
          .migrate();
      return new Database(lock, source);
    } catch (SQLException | FlywayException e) {
      StoreException failure =
          new StoreException("cannot open the database " + file + ": " + cause(e), e);
      try {
        lock.close();
      } catch (IOException lockFailure) {
        failure.addSuppressed(lockFailure);
      }
      throw failure;
    }
  }

  /** The first sentence of what it all came from; Flyway tells of it in whole paragraphs. */
  private static String cause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).lines().findFirst().orElse("");
  }

  private static FileChannel lock(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      // The file is made here, so that it never exists with wider permissions.
      if (Files.notExists(file)) {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
          Files.createFile(
              file,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
          Files.createFile(file);
        }
      }
      Path lockPath = file.resolveSibling(file.getFileName() + ".lock");
      FileChannel channel =
          FileChannel.open(lockPath, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new StoreException("another process has the database " + file);
      }
      return channel;
    } catch (IOException e) {
      throw new StoreException("cannot open the database " + file, e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static SQLiteDataSource source(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.enforceForeignKeys(true);
    config.setBusyTimeout(PATIENCE_SECONDS * 1_000);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
    return source;
  }

  /** Does the work in one transaction, and returns when it is on the disk. */
  public <T> T transaction(Work<T> work) {
    return transaction(work, result -> {});
  }

  /**
   * Does the work in one transaction, and returns when it is on the disk. What the work throws
   * undoes it and is thrown here.
   *
   * @param committed called with the result after the commit, on the writing thread, so that these
   *     calls come in the order of the commits; it must hand over quickly and not write itself.
   *     What it throws is logged.
   * @throws StoreException when the database fails, is closed or has too many waiting
   */
  public <T> T transaction(Work<T> work, Consumer<? super T> committed) {
    requireNonNull(work);
    requireNonNull(committed);
    if (writerThread.filter(Thread.currentThread()::equals).isPresent()) {
      throw new IllegalStateException("the writing thread would wait for itself");
    }
    Future<T> future;
    try {
      future = writer.submit(() -> write(work, committed));
    } catch (RejectedExecutionException e) {
      throw new StoreException(
          closed ? "the database is closed" : MAX_WAITING + " transactions wait already", e);
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted; the transaction may still be done", e);
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    }
  }

  private <T> T write(Work<T> work, Consumer<? super T> committed) throws SQLException {
    T result;
    try {
      result = work.on(writing);
      writing.commit();
    } catch (SQLException | RuntimeException | Error e) {
      try {
        writing.rollback();
      } catch (SQLException rollback) {
        e.addSuppressed(rollback);
      }
      throw e;
    }
    try {
      committed.accept(result);
    } catch (RuntimeException e) {
      log.error("what follows a commit failed; the commit stands", e);
    }
    return result;
  }

  /**
   * Does reading work, which sees what was committed before.
   *
   * @throws StoreException when the database fails, is closed or is too busy
   */
  public <T> T read(Work<T> work) {
    Connection reader = borrow();
    try {
      return work.on(reader);
    } catch (SQLException e) {
      throw new StoreException("the database failed", e);
    } finally {
      idle.add(reader);
    }
  }

  private Connection borrow() {
    if (closed) {
      throw new StoreException("the database is closed");
    }
    try {
      Connection reader = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (reader == null) {
        throw new StoreException("all " + READERS + " reading connections are busy");
      }
      return reader;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted", e);
    }
  }

  private static RuntimeException unwrapped(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException failure
        ? failure
        : new StoreException("the database failed", cause);
  }

  /** Finishes what was handed in, and closes the file. */
  @Override
  public void close() {
    closed = true;
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("the database still writes after {} s, and is left to itself", PATIENCE_SECONDS);
        return;
      }
      // Those who still read give back first.
      for (int i = 0; i < READERS; i++) {
        if (idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
          log.warn("somebody still reads the database after {} s", PATIENCE_SECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeConnections();
    try {
      lockFile.close();
    } catch (IOException e) {
      log.warn("cannot release the database's lock", e);
    }
  }

  private void closeConnections() {
    List<Connection> all = new ArrayList<>(readers);
    all.add(writing);
    for (Connection connection : all) {
      try {
        connection.close();
      } catch (SQLException e) {
        log.warn("cannot close a connection of the database", e);
      }
    }
  }
}
