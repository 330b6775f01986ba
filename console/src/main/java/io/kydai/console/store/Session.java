package io.kydai.console.store;

import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the database, with one transaction at a time. It is opened when it is first
 * needed, and again after it failed. One thread at a time.
 *
 * <p>Transactions begin and end by statements of this class. SQLite ends a transaction by itself
 * when the disk is full or fails (sqlite.org/lang_transaction.html, "Response To Errors Within A
 * Transaction"), and each statement that follows on such a connection would be committed by itself.
 * So a connection whose transaction cannot be rolled back is closed, and never used again.
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

  /** A session whose transactions write, and have the only right to from their beginning. */
  static Session writing(DatabaseFile file) {
    return new Session(file, true);
  }

  /** A session whose transactions read one snapshot of the database each. */
  static Session reading(DatabaseFile file) {
    return new Session(file, false);
  }

  /** Opens the connection now, so that what is wrong with it is told now. */
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
   * Does the work in one transaction. When it fails in any way, nothing of it stays.
   *
   * @throws SQLException when the database failed; what else the work throws comes as it is
   */
  <T> T run(Database.Work<T> work) throws SQLException {
    return transaction(session -> work.on(session.connection()));
  }

  /**
   * Does the work in one transaction, through Jdbi. When it fails in any way, nothing of it stays;
   * after a statement that failed it may do no other.
   *
   * @throws SQLException when the database failed; what else the work throws comes as it is
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

  private interface In<T> {
    T transactionOf(Opened session) throws SQLException;
  }

  private <T> T transaction(In<T> work) throws SQLException {
    Opened session = opened();
    try {
      session.execute(writes ? "BEGIN IMMEDIATE" : "BEGIN");
      T result = work.transactionOf(session);
      session.execute("COMMIT");
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      undo(session, e);
      throw e;
    }
  }

  /** The number of statements that were done through Jdbi. */
  long statements() {
    return guard.statements();
  }

  private void undo(Opened session, Throwable failure) {
    try {
      session.execute("ROLLBACK");
      if (StoreFailure.of(failure).filter(StoreFailure::ofTheDisk).isPresent()) {
        // A file that failed may have to be opened again, as after its disk was mounted anew.
        close();
      }
    } catch (SQLException rollback) {
      failure.addSuppressed(rollback);
      close();
    }
  }

  /** Closes the connection; the next transaction opens another. */
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
