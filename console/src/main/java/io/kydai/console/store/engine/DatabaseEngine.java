package io.kydai.console.store.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A database as one node reaches it. Its claim, which keeps other nodes out, is held from the
 * opening until {@link #close}. The methods may be called on any thread.
 */
public interface DatabaseEngine extends StoreFailure.Interpreter, AutoCloseable {
  /** Returns the database's place for messages, without a password. */
  String name();

  /**
   * Returns the clause after a table's definition that keeps its rows in the order of their primary
   * key; empty where the engine has none.
   */
  default String clustered() {
    return "";
  }

  /**
   * Returns the query of the plates that reports have as JSON, for the migration that made a table
   * of them: the columns {@code report} and {@code plate}.
   */
  String plates();

  /** Returns the source of connections for the migration of the schema. */
  DataSource migrations();

  /**
   * Completes the opening after the schema was migrated.
   *
   * @throws SQLException when the database fails
   */
  void migrated() throws SQLException;

  /**
   * Opens a connection, or borrows one from a pool.
   *
   * @throws SQLException when there is none
   */
  Connection connect(boolean writes) throws SQLException;

  /**
   * Closes a connection, or returns it to the pool.
   *
   * @param broken whether its state is unknown, so that it must not be used again
   */
  void release(Connection connection, boolean broken) throws SQLException;

  /** Returns whether a connection is released after each transaction, because a pool keeps it. */
  boolean pooled();

  /**
   * Begins a transaction. A writing one excludes all other writing ones, also those of other
   * processes, until its end; a reading one sees one snapshot of what is committed, and cannot
   * write.
   *
   * @throws SQLException when it cannot begin, or this node may not write any more
   */
  void begin(Connection connection, boolean writes) throws SQLException;

  /**
   * Returns why nothing may be written now, with a remedy; empty when writing is permitted. It is
   * called before each writing transaction, and does not wait for a network.
   */
  Optional<String> fault();

  /** Examines the claim and renews it where it was lost; it may wait for some seconds. */
  void check();

  /**
   * Makes a change without effect that must reach the disk, in a writing transaction.
   *
   * @throws SQLException when the database fails
   */
  void probe(Connection connection) throws SQLException;

  /** Releases the claim; connections were released by their users. */
  @Override
  void close();
}
