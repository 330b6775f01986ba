package io.kydai.console.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the database with one transaction at a time. It is opened at the first use, and
 * again after a failure. A session is used by one thread at a time.
 *
 * <p>This class begins and ends transactions by SQL statements. SQLite rolls a transaction back by
 * itself when the disk is full or fails (sqlite.org/lang_transaction.html, "Response To Errors
 * Within A Transaction"), and each further statement on the connection would be committed
 * separately. Therefore a connection whose transaction cannot be rolled back is closed.
 */
final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);

  private final DatabaseFile file;
  private final boolean writes;
  private final StatementGuard guard = new StatementGuard();
  private @Nullable Opened opened;

  private record Opened(Connection connection, Jdbi jdbi) {
    void execute(String sql) throws SQLException {
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  private Session(DatabaseFile file, boolean writes) {
    this.file = file;
    this.writes = writes;
  }

  /** Creates a session for writing transactions, which lock the database from their beginning. */
  static Session writing(DatabaseFile file) {
    return new Session(file, true);
  }

  /** Creates a session for reading transactions, each of which reads one snapshot. */
  static Session reading(DatabaseFile file) {
    return new Session(file, false);
  }

  /**
   * Opens the connection.
   *
   * @throws SQLException when the database cannot be opened
   */
  void connect() throws SQLException {
    opened();
  }

  private Opened opened() throws SQLException {
    if (opened != null) {
      return opened;
    }
    Connection connection = file.connect();
    Opened made = new Opened(connection, Jdbi.create(connection).setSqlLogger(guard));
    opened = made;
    if (!writes) {
      made.execute("PRAGMA query_only = ON");
    }
    return made;
  }

  /**
   * Runs work in one transaction, which is rolled back when the work fails.
   *
   * @throws SQLException when the database fails; other exceptions of the work are passed on
   */
  <T> T run(Database.Work<T> work) throws SQLException {
    return transaction(session -> work.on(session.connection()));
  }

  /**
   * Runs work through Jdbi in one transaction, which is rolled back when the work fails. After a
   * statement failed, no further one is permitted in the transaction.
   *
   * @throws SQLException when the database fails; other exceptions of the work are passed on
   */
  <T> T runSql(Database.HandleWork<T> work) throws SQLException {
    return transaction(
        session -> {
          guard.begin();
          try (Handle handle = session.jdbi().open()) {
            return work.on(handle);
          }
        });
  }

  private interface TransactionWork<T> {
    T in(Opened session) throws SQLException;
  }

  private <T> T transaction(TransactionWork<T> work) throws SQLException {
    Opened session = opened();
    try {
      session.execute(writes ? "BEGIN IMMEDIATE" : "BEGIN");
      T result = work.in(session);
      session.execute("COMMIT");
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(session, e);
      throw e;
    }
  }

  /** Returns the number of statements executed through Jdbi. */
  long statements() {
    return guard.statements();
  }

  private void rollBack(Opened session, Throwable failure) {
    try {
      session.execute("ROLLBACK");
      if (StoreFailure.of(failure).filter(StoreFailure::isOfFile).isPresent()) {
        // The file may have to be opened again, for example after its disk was mounted again.
        close();
      }
    } catch (SQLException rollback) {
      failure.addSuppressed(rollback);
      close();
    }
  }

  /** Closes the connection; the next transaction opens a new one. */
  void close() {
    Opened session = opened;
    if (session == null) {
      return;
    }
    try {
      session.connection().close();
    } catch (SQLException e) {
      LOG.warn("cannot close a connection of the database", e);
    }
    opened = null;
    file.disconnected();
  }
}
