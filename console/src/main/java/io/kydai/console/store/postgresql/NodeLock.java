package io.kydai.console.store.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of one node on a database: an advisory lock of the session (postgresql.org/docs,
 * "Advisory Locks") on a connection of its own. The server releases it when the process or its
 * machine ends.
 */
final class NodeLock {
  /** The first key of this program's advisory locks: "kyda" in ASCII. */
  static final int CLASS = 0x6b796461;

  private static final int NODE = 2;
  private static final int VALID_SECONDS = 2;
  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final Logger LOG = LoggerFactory.getLogger(NodeLock.class);

  private final PGSimpleDataSource source;
  private @Nullable Connection connection;

  NodeLock(PGSimpleDataSource source) {
    this.source = source;
  }

  /**
   * Waits for the lock, for 2 s at most.
   *
   * @return whether another process has it
   * @throws SQLException when the server fails
   */
  synchronized boolean isTaken() throws SQLException {
    Connection opened = source.getConnection();
    try (var statement = opened.createStatement()) {
      // A machine that vanished releases the lock after 25 s, not after the two hours of TCP.
      statement.execute(
          "SET lock_timeout = '2s'; SET tcp_keepalives_idle = 10;"
              + " SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3");
      statement.execute("SELECT pg_advisory_lock(" + CLASS + ", " + NODE + ")");
      connection = opened;
      return false;
    } catch (SQLException e) {
      opened.close();
      if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
        return true;
      }
      throw e;
    }
  }

  /** Returns whether the connection that holds the lock still answers. */
  synchronized boolean isHeld() {
    try {
      return connection != null && connection.isValid(VALID_SECONDS);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Closes the connection, with which the lock ends. */
  synchronized void release() {
    Connection held = connection;
    connection = null;
    if (held != null) {
      try {
        held.close();
      } catch (SQLException e) {
        LOG.debug("the connection of the node's lock was lost already", e);
      }
    }
  }
}
