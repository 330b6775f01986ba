package io.kydai.console.store;

import io.kydai.console.store.engine.DatabaseEngine;
import io.kydai.console.store.engine.StoreFailure;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the database with one transaction at a time. It is opened at the first use, and
 * again after a failure, or for each transaction where the engine has a pool. A session is used by
 * one thread at a time.
 *
 * <p>This class begins and ends transactions by SQL statements. SQLite rolls a transaction back by
 * itself when the disk is full or fails (sqlite.org/lang_transaction.html, "Response To Errors
 * Within A Transaction"), and each further statement on the connection would be committed
 * separately. Therefore a connection whose transaction cannot be rolled back is closed.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final DatabaseEngine engine;
  private final boolean writes;
  private final StatementGuard guard = new StatementGuard();
  private final PreparedStatements statements = new PreparedStatements();
  private final Jdbi jdbi;
  private @Nullable Connection opened;

  private Session(DatabaseEngine engine, boolean writes) {
    this.engine = engine;
    this.writes = writes;
    jdbi = Jdbi.create(new SessionConnection()).setSqlLogger(guard);
    if (!writes && !engine.pooled()) {
      jdbi.setStatementBuilderFactory(connection -> statements);
    }
  }

  /** Lends the session's connection to Jdbi's handles, which must not close it. */
  private final class SessionConnection implements ConnectionFactory {
    @Override
    public Connection openConnection() throws SQLException {
      return opened();
    }

    @Override
    public void closeConnection(Connection connection) {
      // The session closes it.
    }
  }

  /** Creates a session for writing transactions, which lock the database from their beginning. */
  static Session writing(DatabaseEngine engine) {
    return new Session(engine, true);
  }

  /** Creates a session for reading transactions, each of which reads one snapshot. */
  static Session reading(DatabaseEngine engine) {
    return new Session(engine, false);
  }

  /**
   * Opens the connection.
   *
   * @throws SQLException when the database cannot be opened
   */
  void connect() throws SQLException {
    opened();
    if (engine.pooled()) {
      close(false);
    }
  }

  private Connection opened() throws SQLException {
    Connection connection = opened;
    if (connection == null) {
      connection = engine.connect(writes);
      opened = connection;
    }
    return connection;
  }

  /**
   * Runs work in one transaction, which is rolled back when the work fails.
   *
   * @throws SQLException when the database fails; other exceptions of the work are passed on
   */
  <T> T run(Database.Work<T> work) throws SQLException {
    return transaction(work);
  }

  /**
   * Runs work through Jdbi in one transaction, which is rolled back when the work fails. After a
   * statement failed, no further one is permitted in the transaction.
   *
   * @throws SQLException when the database fails; other exceptions of the work are passed on
   */
  <T> T runSql(Database.HandleWork<T> work) throws SQLException {
    return transaction(
        connection -> {
          guard.begin();
          try (Handle handle = jdbi.open()) {
            return work.on(handle);
          }
        });
  }

  private <T> T transaction(Database.Work<T> work) throws SQLException {
    Connection connection = begun();
    T result;
    try {
      result = work.on(connection);
      execute(connection, "COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(connection, e);
      throw e;
    }
    if (engine.pooled()) {
      close(false);
    }
    return result;
  }

  /** Begins a transaction; a connection of a pool may have been lost since its last use. */
  private Connection begun() throws SQLException {
    Connection connection = opened();
    try {
      engine.begin(connection, writes);
      return connection;
    } catch (SQLException e) {
      rollBack(connection, e);
      if (!engine.pooled() || !engine.failure(e).endsConnection()) {
        throw e;
      }
    }
    connection = opened();
    try {
      engine.begin(connection, writes);
      return connection;
    } catch (SQLException e) {
      rollBack(connection, e);
      throw e;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Returns the number of statements executed through Jdbi. */
  long statements() {
    return guard.statements();
  }

  private void rollBack(Connection connection, Throwable failure) {
    try {
      execute(connection, "ROLLBACK");
      // A file may have to be opened again, for example after its disk was mounted again.
      boolean broken =
          Failures.of(failure, engine).filter(StoreFailure::endsConnection).isPresent();
      if (broken || engine.pooled()) {
        close(broken);
      }
    } catch (SQLException rollback) {
      failure.addSuppressed(rollback);
      close(true);
    }
  }

  /** Closes the connection; the next transaction opens a new one. */
  void close() {
    close(false);
  }

  private void close(boolean broken) {
    Connection connection = opened;
    if (connection == null) {
      return;
    }
    opened = null;
    statements.forget();
    try {
      engine.release(connection, broken);
    } catch (SQLException e) {
      LOG.warn("cannot close a connection of the database", e);
    }
  }
}
