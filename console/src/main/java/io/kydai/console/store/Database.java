package io.kydai.console.store;

import static java.util.Objects.requireNonNull;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database: SQLite in write-ahead logging mode with a full sync at each commit.
 *
 * <ul>
 *   <li>When {@link #transaction} returns, the transaction is on the disk and survives a crash of
 *       the process or a power failure.
 *   <li>Transactions run one after the other in the order of the calls. A transaction that fails
 *       for any reason is rolled back, and does not affect the next one: after a full disk or a
 *       lock the database continues by itself.
 *   <li>Each {@link #read} sees one snapshot of the committed transactions, also while another
 *       thread writes.
 *   <li>A database is used by one process at a time, which holds a lock on a file beside it.
 *   <li>Nothing is written to a file that was deleted or replaced after it was opened. {@link
 *       #fault} reports that; it is checked every {@value #WATCH_SECONDS} s, also while nothing is
 *       written.
 * </ul>
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>resource</th><th>bound</th><th>when it is reached</th></tr>
 * <tr><td>transactions waiting</td><td>{@value #MAX_WAITING}</td>
 *     <td>a {@link StoreException} at once; nothing is written</td></tr>
 * <tr><td>connections for reading</td><td>{@value #READERS}</td>
 *     <td>the caller waits; after {@value #PATIENCE_SECONDS} s a {@link StoreException}</td></tr>
 * <tr><td>waiting for another program's lock</td><td>{@value #LOCK_SECONDS} s</td>
 *     <td>a {@link StoreException}; nothing is written</td></tr>
 * </table>
 *
 * <p>The methods block on the disk, so that they must not be called on an event loop.
 */
public final class Database implements AutoCloseable {
  static final int MAX_WAITING = 1_000;
  private static final int READERS = 4;
  private static final int PATIENCE_SECONDS = 10;
  private static final int LOCK_SECONDS = 2;
  private static final int WATCH_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final DatabaseFile file;
  private final DatabaseFaults faults;
  private final Session writing;
  private final List<Session> readers = new ArrayList<>();
  private final BlockingQueue<Session> idle = new ArrayBlockingQueue<>(READERS);
  private final ThreadPoolExecutor writer;
  private final ScheduledThreadPoolExecutor watch;
  private volatile @Nullable Thread writerThread;
  private volatile boolean closed;

  /** Work on a JDBC connection, which is borrowed until the call returns. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Work on a Jdbi handle, which is borrowed until the call returns. */
  @FunctionalInterface
  public interface HandleWork<T> {
    T on(Handle handle) throws SQLException;
  }

  private Database(DatabaseFile file) throws SQLException {
    this.file = file;
    faults = new DatabaseFaults(file.path());
    writing = Session.writing(file);
    try {
      writing.connect();
      for (int i = 0; i < READERS; i++) {
        Session reader = Session.reading(file);
        readers.add(reader);
        reader.connect();
      }
    } catch (SQLException e) {
      closeConnections();
      throw e;
    }
    idle.addAll(readers);
    NamedThreadFactory names = NamedThreadFactory.of("database");
    writer =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            task -> {
              Thread thread = names.newThread(task);
              writerThread = thread;
              return thread;
            });
    watch = new ScheduledThreadPoolExecutor(1, NamedThreadFactory.of("database-watch"));
    watch.scheduleWithFixedDelay(this::watch, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Opens the database and migrates its schema to the current version.
   *
   * @param path the file, which is created with its folder if it is missing, readable by its owner
   *     only
   * @throws StoreException when the file cannot be opened or another process uses it; the message
   *     names the file and a remedy
   */
  public static Database open(Path path) {
    SqliteLibrary.prepare();
    DatabaseFile file = DatabaseFile.open(path, Duration.ofSeconds(LOCK_SECONDS));
    try {
      Flyway.configure()
          .dataSource(file.source())
          .locations("classpath:io/kydai/console/store")
          .load()
          .migrate();
      return new Database(file);
    } catch (SQLException | FlywayException e) {
      StoreException failure =
          new StoreException("cannot open the database " + file.path() + ": " + cause(e), e);
      try {
        file.close();
      } catch (IOException lockFailure) {
        failure.addSuppressed(lockFailure);
      }
      throw failure;
    }
  }

  /** Returns the cause in one line, because Flyway's messages have whole paragraphs. */
  private static String cause(Exception e) {
    return StoreFailure.of(e)
        .map(StoreFailure::words)
        .orElseGet(() -> String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }

  /** Registers the metrics {@code kydai.console.database.*}. */
  public void bindTo(MeterRegistry metrics) {
    FunctionCounter.builder("kydai.console.database.failures", faults, DatabaseFaults::failures)
        .description("Transactions and reads that failed because of a fault of the database")
        .register(metrics);
    FunctionCounter.builder("kydai.console.database.statements", this, Database::statements)
        .description("SQL statements executed")
        .register(metrics);
    Gauge.builder("kydai.console.database.failing", this, db -> db.fault().isPresent() ? 1 : 0)
        .description("1 while the database cannot be written, is damaged or is missing, else 0")
        .register(metrics);
  }

  /** Returns the present fault of the database with a remedy; empty when there is none. */
  public Optional<String> fault() {
    faults.checked(file.fileFault().orElse(null));
    return faults.current();
  }

  /**
   * Checks that the files are those that were opened. After a failed commit it also tries another
   * commit, so that recovery is noticed while nothing is written.
   */
  void check() {
    faults.checked(file.fileFault().orElse(null));
    if (faults.writingFailed()) {
      try {
        transaction(Database::rewriteHeader);
      } catch (StoreException e) {
        LOG.debug("the database still fails to commit", e);
      }
    }
  }

  private void watch() {
    try {
      check();
    } catch (RuntimeException e) {
      LOG.error("the check of the database failed", e);
    }
  }

  /** Writes the present user version again, a change without effect that must reach the disk. */
  private static boolean rewriteHeader(Connection db) throws SQLException {
    try (var statement = db.createStatement()) {
      int version;
      try (var rows = statement.executeQuery("PRAGMA user_version")) {
        version = rows.next() ? rows.getInt(1) : 0;
      }
      return statement.execute("PRAGMA user_version = " + version);
    }
  }

  /** Returns the number of statements executed through Jdbi since the database was opened. */
  public long statements() {
    return writing.statements() + readers.stream().mapToLong(Session::statements).sum();
  }

  /** Runs work through Jdbi in one transaction, see {@link #transaction(Work, Consumer)}. */
  public <T> T inTransaction(HandleWork<T> work) {
    return inTransaction(work, result -> {});
  }

  /** Runs work through Jdbi in one transaction, see {@link #transaction(Work, Consumer)}. */
  public <T> T inTransaction(HandleWork<T> work, Consumer<? super T> committed) {
    requireNonNull(work);
    requireNonNull(committed);
    return submit(() -> write(session -> session.runSql(work), committed));
  }

  /** Runs reading work through Jdbi, see {@link #read}. */
  public <T> T inSnapshot(HandleWork<T> work) {
    return reading(reader -> reader.runSql(work));
  }

  /** Runs work in one transaction, see {@link #transaction(Work, Consumer)}. */
  public <T> T transaction(Work<T> work) {
    return transaction(work, result -> {});
  }

  /**
   * Runs work in one transaction, and returns when the transaction is on the disk. An exception of
   * the work rolls the transaction back and is thrown to the caller.
   *
   * @param committed called with the result after the commit on the writing thread, so that the
   *     calls are in the order of the commits; it must return quickly and must not write to the
   *     database. An exception is logged
   * @throws StoreException when the database fails, is closed, or has too many waiting transactions
   */
  public <T> T transaction(Work<T> work, Consumer<? super T> committed) {
    requireNonNull(work);
    requireNonNull(committed);
    return submit(() -> write(session -> session.run(work), committed));
  }

  private <T> T submit(Callable<T> write) {
    if (Thread.currentThread().equals(writerThread)) {
      throw new IllegalStateException("a transaction must not be started on the writing thread");
    }
    Future<T> future;
    try {
      future = writer.submit(write);
    } catch (RejectedExecutionException e) {
      throw new StoreException(
          closed ? "the database is closed" : MAX_WAITING + " transactions already wait", e);
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted; the transaction may still be executed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** Work in a session. */
  private interface SessionWork<T> {
    T in(Session session) throws SQLException;
  }

  private <T> T write(SessionWork<T> work, Consumer<? super T> committed) {
    String fileFault = file.fileFault().orElse(null);
    faults.checked(fileFault);
    if (fileFault != null) {
      faults.refused();
      throw new StoreException(faults.sentence(fileFault));
    }
    T result;
    try {
      result = work.in(writing);
    } catch (SQLException | RuntimeException e) {
      throw failed(e, true);
    }
    faults.committed();
    try {
      committed.accept(result);
    } catch (RuntimeException e) {
      LOG.error("a listener to a commit failed; the transaction is committed", e);
    }
    return result;
  }

  /** Returns the exception for the caller, after recording a fault of the database. */
  private RuntimeException failed(Exception thrown, boolean writes) {
    Optional<StoreFailure> failure = StoreFailure.of(thrown);
    failure.ifPresent(what -> faults.failed(what, writes));
    return failure
        .<RuntimeException>map(what -> new StoreException(faults.sentence(what.words()), thrown))
        .orElseGet(() -> (RuntimeException) thrown);
  }

  /**
   * Runs reading work on one snapshot of the committed transactions.
   *
   * @throws StoreException when the database fails, is closed, or all reading connections are busy
   */
  public <T> T read(Work<T> work) {
    return reading(reader -> reader.run(work));
  }

  private <T> T reading(SessionWork<T> work) {
    Session reader = borrow();
    try {
      return work.in(reader);
    } catch (SQLException | RuntimeException e) {
      throw failed(e, false);
    } finally {
      idle.add(reader);
    }
  }

  private Session borrow() {
    if (closed) {
      throw new StoreException("the database is closed");
    }
    try {
      Session reader = idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (reader == null) {
        throw new StoreException("all " + READERS + " reading connections are busy");
      }
      return reader;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted", e);
    }
  }

  /** Completes the waiting transactions, and closes the file. */
  @Override
  public void close() {
    closed = true;
    watch.shutdownNow();
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the database still writes after {} s, and is not closed", PATIENCE_SECONDS);
        return;
      }
      // Connections in use are returned first.
      for (int i = 0; i < READERS; i++) {
        if (idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
          LOG.warn("a reading connection is still in use after {} s", PATIENCE_SECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closeConnections();
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("cannot release the database's lock", e);
    }
  }

  private void closeConnections() {
    readers.forEach(Session::close);
    writing.close();
  }
}
