package io.kydai.console.store;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.engine.DatabaseEngine;
import io.kydai.console.store.engine.StoreFailure;
import io.kydai.console.store.postgresql.PostgresqlEngine;
import io.kydai.console.store.sqlite.SqliteEngine;
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
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database of a node: a file of SQLite, or a database of a PostgreSQL server.
 *
 * <ul>
 *   <li>When {@link #transaction} returns, the transaction is on the disk and survives a crash of
 *       the process or a power failure.
 *   <li>Transactions run one after the other in the order of the calls. A transaction that fails
 *       for any reason is rolled back, and does not affect the next one: after a full disk or a
 *       lock the database continues by itself.
 *   <li>Each {@link #read} sees one snapshot of the committed transactions, also while another
 *       thread writes.
 *   <li>A database is used by one node at a time, which holds a lock: on a file beside the file of
 *       SQLite, or of PostgreSQL on a connection of its own. Programs for the administrator work
 *       {@linkplain #openBeside beside} it.
 *   <li>Nothing is written to a file that was deleted or replaced after it was opened, and nothing
 *       after another node took the lock. {@link #fault} reports that; it is checked every {@value
 *       #WATCH_SECONDS} s, also while nothing is written.
 *   <li>When the connection to a server breaks at the very commit, an exception is thrown although
 *       the transaction may have been executed; work that is tried again must find that out.
 * </ul>
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><th>resource</th><th>bound</th><th>when it is reached</th></tr>
 * <tr><td>transactions waiting</td><td>{@value #MAX_WAITING}</td>
 *     <td>a {@link StoreException} at once; nothing is written</td></tr>
 * <tr><td>connections for reading</td><td>{@value #READERS}</td>
 *     <td>the caller waits; after {@value #PATIENCE_SECONDS} s a {@link StoreException}</td></tr>
 * <tr><td>waiting for another program's lock</td><td>2 s</td>
 *     <td>a {@link StoreException}; nothing is written</td></tr>
 * </table>
 *
 * <p>The methods block on the disk or the network, so that they must not be called on an event
 * loop.
 */
public final class Database implements AutoCloseable {
  static final int MAX_WAITING = 1_000;
  private static final int READERS = 4;
  private static final int PATIENCE_SECONDS = 10;
  private static final Duration LOCK_PATIENCE = Duration.ofSeconds(2);
  private static final int WATCH_SECONDS = 5;
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final DatabaseEngine engine;
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

  private Database(DatabaseEngine engine) throws SQLException {
    this.engine = engine;
    faults = new DatabaseFaults(engine.name());
    writing = Session.writing(engine);
    try {
      writing.connect();
      for (int i = 0; i < READERS; i++) {
        Session reader = Session.reading(engine);
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

  /** Opens a file of SQLite, see {@link #open(DatabaseAddress)}. */
  public static Database open(Path path) {
    return open(DatabaseAddress.file(path));
  }

  /**
   * Opens the database for a node, and migrates its schema to the current version.
   *
   * @param address a file, which is created with its folder if it is missing, readable by its owner
   *     only; or a database of a server, which exists
   * @throws StoreException when the database cannot be opened, another process uses it, or its
   *     schema is newer than this program; the message names the database and a remedy
   */
  public static Database open(DatabaseAddress address) {
    return opened(address, () -> engine(address), Schema::migrate);
  }

  /**
   * Opens a database that may be in use by a node. Transactions of both exclude each other.
   *
   * @throws StoreException when the database cannot be opened, or its schema is not that of this
   *     program; the message names the database and a remedy
   */
  public static Database openBeside(DatabaseAddress address) {
    return opened(address, () -> engineBeside(address), Schema::check);
  }

  private interface EngineOpening {
    DatabaseEngine open() throws IOException, SQLException;
  }

  private interface SchemaStep {
    void apply(DatabaseEngine engine) throws SQLException;
  }

  private static Database opened(
      DatabaseAddress address, EngineOpening opening, SchemaStep schema) {
    DatabaseEngine engine;
    try {
      engine = opening.open();
    } catch (IOException e) {
      throw new StoreException("cannot open the database " + address + ": " + e.getMessage(), e);
    } catch (SQLException e) {
      throw new StoreException(
          "cannot open the database " + address + ": " + interpreter(address).failure(e).words(),
          e);
    }
    try {
      schema.apply(engine);
      return new Database(engine);
    } catch (SQLException | FlywayException e) {
      engine.close();
      throw new StoreException(
          "cannot open the database " + engine.name() + ": " + cause(e, engine), e);
    } catch (StoreException e) {
      engine.close();
      throw new StoreException(
          "cannot open the database " + engine.name() + ": " + e.getMessage(), e);
    }
  }

  private static DatabaseEngine engine(DatabaseAddress address) throws IOException, SQLException {
    if (address instanceof DatabaseAddress.PostgresqlServer server) {
      return PostgresqlEngine.open(server.address());
    }
    return SqliteEngine.open(((DatabaseAddress.SqliteFile) address).path(), LOCK_PATIENCE);
  }

  private static DatabaseEngine engineBeside(DatabaseAddress address)
      throws IOException, SQLException {
    if (address instanceof DatabaseAddress.PostgresqlServer server) {
      return PostgresqlEngine.beside(server.address());
    }
    return SqliteEngine.beside(((DatabaseAddress.SqliteFile) address).path(), LOCK_PATIENCE);
  }

  private static StoreFailure.Interpreter interpreter(DatabaseAddress address) {
    return address instanceof DatabaseAddress.PostgresqlServer
        ? PostgresqlEngine.FAILURES
        : SqliteEngine.FAILURES;
  }

  /** Returns the cause in one line, because Flyway's messages have whole paragraphs. */
  private static String cause(Exception e, DatabaseEngine engine) {
    return Failures.of(e, engine)
        .map(StoreFailure::words)
        .orElseGet(() -> StoreFailure.firstLine(e));
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
    faults.checked(engine.fault().orElse(null));
    return faults.current();
  }

  /**
   * Checks that the file or server still belongs to this node. After a failed commit it also tries
   * another commit, so that recovery is noticed while nothing is written.
   */
  void check() {
    engine.check();
    faults.checked(engine.fault().orElse(null));
    if (faults.writingFailed()) {
      try {
        transaction(this::probe);
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

  private boolean probe(Connection db) throws SQLException {
    engine.probe(db);
    return true;
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
    String engineFault = engine.fault().orElse(null);
    faults.checked(engineFault);
    if (engineFault != null) {
      faults.refused();
      throw new StoreException(faults.sentence(engineFault));
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
    Optional<StoreFailure> failure = Failures.of(thrown, engine);
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

  /**
   * Completes the waiting transactions, and closes the database; does nothing when it is closed.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
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
    engine.close();
  }

  private void closeConnections() {
    readers.forEach(Session::close);
    writing.close();
  }
}
