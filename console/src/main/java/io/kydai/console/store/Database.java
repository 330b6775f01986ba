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
 * The database: SQLite, in the write-ahead log's mode, with a full sync at each commit.
 *
 * <ul>
 *   <li>What {@link #transaction} returned of is on the disk: it outlives the process and the
 *       power.
 *   <li>Transactions are done one after the other, in the order in which they were handed in. One
 *       that fails leaves nothing, whatever it failed of, and the next one is tried afresh: after a
 *       full disk or a lock the database goes on by itself.
 *   <li>Each {@link #read} sees one snapshot of whole transactions, while somebody writes.
 *   <li>One process at a time has a database: a lock file beside it says so.
 *   <li>Nothing is written to a file that was deleted or exchanged since it was opened. {@link
 *       #fault} says what is wrong, and is found out also while nobody writes, every {@value
 *       #WATCH_SECONDS} s.
 * </ul>
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>what</th><th>how many</th><th>when full</th></tr>
 * <tr><td>transactions waiting</td><td>{@value #MAX_WAITING}</td>
 *     <td>a {@link StoreException} at once; nothing is written</td></tr>
 * <tr><td>connections for reading</td><td>{@value #READERS}</td>
 *     <td>the caller waits, after {@value #PATIENCE_SECONDS} s a {@link StoreException}</td></tr>
 * <tr><td>waiting for another program's lock</td><td>{@value #LOCK_SECONDS} s</td>
 *     <td>a {@link StoreException}; nothing is written</td></tr>
 * </table>
 *
 * <p>Callers wait for the disk: no event loop may call.
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

  /** Work on a connection that is lent until the call returns. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Work on a Jdbi handle that is lent until the call returns. */
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
   * Opens the database and brings its schema up to date.
   *
   * @param path is made, with its folder, where it is missing; others than its owner cannot read it
   * @throws StoreException when it cannot be opened, or another process has it; it names the file
   *     and what to do
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

  /** What it all came from; Flyway tells of it in whole paragraphs. */
  private static String cause(Exception e) {
    return StoreFailure.of(e)
        .map(StoreFailure::words)
        .orElseGet(() -> String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
  }

  /** Counts its failures and shows whether it fails now. */
  public void bindTo(MeterRegistry metrics) {
    FunctionCounter.builder("kydai.console.database.failures", faults, DatabaseFaults::failures)
        .description("Transactions and reads that failed for a fault of the database")
        .register(metrics);
    FunctionCounter.builder("kydai.console.database.statements", this, Database::statements)
        .description("SQL statements")
        .register(metrics);
    Gauge.builder("kydai.console.database.failing", this, db -> db.fault().isPresent() ? 1 : 0)
        .description("1 while the database takes nothing in, is damaged or is gone, else 0")
        .register(metrics);
  }

  /** What is wrong with the database now, and what to do about it. */
  public Optional<String> fault() {
    faults.looked(file.strayed().orElse(null));
    return faults.current();
  }

  /**
   * Looks whether the files are the ones that were opened, and after a failed commit tries another,
   * so that the database is known to be well again also while nobody writes.
   */
  void check() {
    faults.looked(file.strayed().orElse(null));
    if (faults.writingFailed()) {
      try {
        transaction(Database::rewriteHeader);
      } catch (StoreException e) {
        LOG.debug("the database still fails", e);
      }
    }
  }

  private void watch() {
    try {
      check();
    } catch (RuntimeException e) {
      LOG.error("looking after the database failed", e);
    }
  }

  /** A change of nothing that still has to reach the disk. */
  private static boolean rewriteHeader(Connection db) throws SQLException {
    try (var statement = db.createStatement()) {
      int version;
      try (var rows = statement.executeQuery("PRAGMA user_version")) {
        version = rows.next() ? rows.getInt(1) : 0;
      }
      return statement.execute("PRAGMA user_version = " + version);
    }
  }

  /** How many statements were done through Jdbi since it was opened. */
  public long statements() {
    return writing.statements() + readers.stream().mapToLong(Session::statements).sum();
  }

  /** Does the work in one transaction, and returns when it is on the disk. */
  public <T> T inTransaction(HandleWork<T> work) {
    return inTransaction(work, result -> {});
  }

  /** As {@link #transaction(Work, Consumer)}, through Jdbi. */
  public <T> T inTransaction(HandleWork<T> work, Consumer<? super T> committed) {
    requireNonNull(work);
    requireNonNull(committed);
    return handedIn(() -> write(session -> session.runSql(work), committed));
  }

  /** As {@link #read}, through Jdbi. */
  public <T> T inSnapshot(HandleWork<T> work) {
    return reading(reader -> reader.runSql(work));
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
    return handedIn(() -> write(session -> session.run(work), committed));
  }

  private <T> T handedIn(Callable<T> write) {
    if (Thread.currentThread().equals(writerThread)) {
      throw new IllegalStateException("the writing thread would wait for itself");
    }
    Future<T> future;
    try {
      future = writer.submit(write);
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
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    }
  }

  /** Work in a session. */
  private interface In<T> {
    T session(Session session) throws SQLException;
  }

  private <T> T write(In<T> work, Consumer<? super T> committed) {
    String strayed = file.strayed().orElse(null);
    faults.looked(strayed);
    if (strayed != null) {
      faults.refused();
      throw new StoreException(faults.sentence(strayed));
    }
    T result;
    try {
      result = work.session(writing);
    } catch (SQLException | RuntimeException e) {
      throw failed(e, true);
    }
    faults.committed();
    try {
      committed.accept(result);
    } catch (RuntimeException e) {
      LOG.error("what follows a commit failed; the commit stands", e);
    }
    return result;
  }

  /** What the caller is to see of it. */
  private RuntimeException failed(Exception thrown, boolean writes) {
    Optional<StoreFailure> failure = StoreFailure.of(thrown);
    failure.ifPresent(what -> faults.failed(what, writes));
    return failure
        .<RuntimeException>map(what -> new StoreException(faults.sentence(what.words()), thrown))
        .orElseGet(() -> (RuntimeException) thrown);
  }

  /**
   * Does reading work, which sees one snapshot of what was committed before.
   *
   * @throws StoreException when the database fails, is closed or is too busy
   */
  public <T> T read(Work<T> work) {
    return reading(reader -> reader.run(work));
  }

  private <T> T reading(In<T> work) {
    Session reader = borrow();
    try {
      return work.session(reader);
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

  /** Finishes what was handed in, and closes the file. */
  @Override
  public void close() {
    closed = true;
    watch.shutdownNow();
    writer.shutdown();
    try {
      if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the database still writes after {} s, and is left to itself", PATIENCE_SECONDS);
        return;
      }
      // Those who still read give back first.
      for (int i = 0; i < READERS; i++) {
        if (idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS) == null) {
          LOG.warn("somebody still reads the database after {} s", PATIENCE_SECONDS);
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
