package io.kydai.console.store.postgresql;

import static java.util.Objects.requireNonNullElse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.kydai.console.store.engine.DatabaseEngine;
import io.kydai.console.store.engine.StoreFailure;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database of a PostgreSQL server.
 *
 * <ul>
 *   <li>Writing transactions take an advisory lock until their end, so that they run one after the
 *       other also when another process writes beside the node, as with SQLite.
 *   <li>Reading transactions are {@code REPEATABLE READ READ ONLY}: each sees one snapshot.
 *   <li>One node uses a database at a time, see {@link NodeLock}. Each opening by a node also
 *       increments the sequence {@value #EPOCH}, which is a fencing token: a writing transaction of
 *       a node whose lock went to another one is refused, however late the first one notices.
 *   <li>Text is compared by its bytes, as in SQLite: each text column has the collation {@code C},
 *       whatever the database's own one is.
 * </ul>
 *
 * <p>At most {@value #CONNECTIONS} connections and that of the lock are open; who needs a further
 * one waits for 3 s, and then gets an exception.
 */
public final class PostgresqlEngine implements DatabaseEngine {
  /** The meaning of the driver's exceptions. */
  public static final StoreFailure.Interpreter FAILURES = PostgresqlFailures::of;

  static final String EPOCH = "node_epoch";

  /** feature_not_supported: "cannot set transaction read-write mode during recovery". */
  private static final String NO_WRITING_IN_RECOVERY = "0A000";

  private static final int CONNECTIONS = 6;
  private static final int WRITE = 1;
  private static final int SOCKET_SECONDS = 40;
  private static final String SESSION =
      "SET lock_timeout = '2s'; SET statement_timeout = '30s'; SET synchronous_commit = on;"
          + " SET idle_in_transaction_session_timeout = 0";
  private static final String REPLACED =
      "another node took over the database, and this one writes nothing any more; stop one of the"
          + " two, and restart the other";
  private static final Logger LOG = LoggerFactory.getLogger(PostgresqlEngine.class);

  private final PostgresqlAddress address;
  private final @Nullable NodeLock lock;
  private final HikariDataSource pool;
  private volatile long epoch;
  private volatile @Nullable String fault;

  private PostgresqlEngine(
      PostgresqlAddress address, @Nullable NodeLock lock, HikariDataSource pool) {
    this.address = address;
    this.lock = lock;
    this.pool = pool;
  }

  /**
   * Connects to a database, and claims it for this node.
   *
   * @throws IOException when another node uses the database, or it cannot be used
   * @throws SQLException when the server fails
   */
  public static PostgresqlEngine open(PostgresqlAddress address) throws IOException, SQLException {
    NodeLock lock = new NodeLock(address.source(SOCKET_SECONDS));
    if (lock.isTaken()) {
      throw new IOException("another process uses it");
    }
    try {
      checkServer(address);
      return new PostgresqlEngine(address, lock, pool(address));
    } catch (IOException | SQLException | RuntimeException e) {
      lock.release();
      throw e;
    }
  }

  /**
   * Connects to a database beside a node that may use it.
   *
   * @throws IOException when the database cannot be used
   * @throws SQLException when the server fails
   */
  public static PostgresqlEngine beside(PostgresqlAddress address)
      throws IOException, SQLException {
    checkServer(address);
    return new PostgresqlEngine(address, null, pool(address));
  }

  private static void checkServer(PostgresqlAddress address) throws IOException, SQLException {
    try (Connection connection = address.source(SOCKET_SECONDS).getConnection()) {
      String encoding = text(connection, "SHOW server_encoding");
      if (!encoding.equals("UTF8")) {
        throw new IOException(
            "its encoding is "
                + encoding
                + "; create it with: createdb --encoding=UTF8 --template=template0");
      }
      boolean encrypted =
          text(connection, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").equals("t");
      address
          .exposure()
          .filter(words -> !encrypted)
          .ifPresent(
              words ->
                  LOG.warn(
                      "{}: the connection has no TLS: {}; use sslmode=verify-full",
                      address,
                      words));
      if (text(connection, "SHOW fsync").equals("off")) {
        LOG.warn("{}: the server runs with fsync = off: a power failure damages it", address);
      }
    }
  }

  private static HikariDataSource pool(PostgresqlAddress address) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("kydai-database");
    config.setThreadFactory(NamedThreadFactory.of("database-pool"));
    config.setDataSource(address.source(SOCKET_SECONDS));
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(Duration.ofSeconds(3).toMillis());
    config.setValidationTimeout(Duration.ofSeconds(2).toMillis());
    config.setIdleTimeout(Duration.ofMinutes(2).toMillis());
    config.setConnectionInitSql(SESSION);
    // The first use reports a server that does not answer, with its own exception.
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }

  @Override
  public String name() {
    return address.toString();
  }

  /** Statements of a migration may take long, so that these connections have no time limit. */
  @Override
  public String plates() {
    return "SELECT report.id AS report, one.value ->> 'text' AS plate"
        + " FROM report, json_array_elements(CAST(report.plates AS json)) AS one (value)";
  }

  @Override
  public DataSource migrations() {
    return address.source(0);
  }

  @Override
  public void migrated() throws SQLException {
    if (lock == null) {
      return;
    }
    try (Connection connection = migrations().getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      for (String change : collations(connection)) {
        statement.execute(change);
      }
      statement.execute("CREATE SEQUENCE IF NOT EXISTS " + EPOCH);
      connection.commit();
      // No transaction of an earlier node is half done when its token becomes invalid.
      statement.execute("SELECT pg_advisory_xact_lock(" + NodeLock.CLASS + ", " + WRITE + ")");
      // The server logs values ahead of nextval, which a crash would skip, but exactly that of
      // setval.
      epoch =
          Long.parseLong(
              text(connection, "SELECT setval('%s', nextval('%s'))".formatted(EPOCH, EPOCH)));
      connection.commit();
    }
  }

  /** Returns the statements that give each text column the collation of its bytes. */
  private static List<String> collations(Connection connection) throws SQLException {
    List<String> changes = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet tables =
            statement.executeQuery(
                "SELECT format('ALTER TABLE %I %s', relname, string_agg(format("
                    + "'ALTER COLUMN %I TYPE TEXT COLLATE \"C\"', attname), ', '))"
                    + " FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid"
                    + " WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r'"
                    + " AND attnum > 0 AND NOT attisdropped AND atttypid = 'text'::regtype"
                    + " AND attcollation <> '\"C\"'::regcollation GROUP BY relname")) {
      while (tables.next()) {
        changes.add(tables.getString(1));
      }
    }
    return changes;
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? requireNonNullElse(rows.getString(1), "") : "";
    }
  }

  @Override
  public Connection connect(boolean writes) throws SQLException {
    return pool.getConnection();
  }

  @Override
  public void release(Connection connection, boolean broken) throws SQLException {
    if (broken) {
      pool.evictConnection(connection);
      // A server that stopped ended the others too, which the pool would lend without a look.
      pool.getHikariPoolMXBean().softEvictConnections();
    }
    connection.close();
  }

  @Override
  public boolean pooled() {
    return true;
  }

  @Override
  public void begin(Connection connection, boolean writes) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      begin(statement, writes);
    } catch (SQLException e) {
      // A standby refuses READ WRITE with a code of its own, which other statements have too.
      throw NO_WRITING_IN_RECOVERY.equals(e.getSQLState())
          ? new SQLException(e.getMessage(), PostgresqlFailures.READ_ONLY)
          : e;
    }
  }

  private void begin(Statement statement, boolean writes) throws SQLException {
    if (!writes) {
      statement.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      return;
    }
    String begin =
        "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock("
            + NodeLock.CLASS
            + ", "
            + WRITE
            + ")";
    if (lock == null) {
      statement.execute(begin);
      return;
    }
    long current = lastNumber(statement, begin + "; SELECT last_value FROM " + EPOCH);
    if (current != epoch) {
      fault = REPLACED;
      throw new SQLException(REPLACED, PostgresqlFailures.REPLACED);
    }
  }

  /** Executes statements in one round trip, and returns the number that the last one selects. */
  private static long lastNumber(Statement statement, String sql) throws SQLException {
    boolean rows = statement.execute(sql);
    long last = 0;
    while (rows || statement.getUpdateCount() >= 0) {
      if (rows) {
        try (ResultSet result = statement.getResultSet()) {
          if (result.next() && result.getObject(1) instanceof Long number) {
            last = number;
          }
        }
      }
      rows = statement.getMoreResults();
    }
    return last;
  }

  @Override
  public Optional<String> fault() {
    return Optional.ofNullable(fault);
  }

  @Override
  public void check() {
    if (lock == null || REPLACED.equals(fault)) {
      return;
    }
    if (lock.isHeld()) {
      fault = null;
      return;
    }
    lock.release();
    try {
      if (lock.isTaken()) {
        fault = REPLACED;
      } else if (isCurrent()) {
        fault = null;
        LOG.info("{}: the connection of the node's lock was lost, and is there again", address);
      } else {
        lock.release();
        fault = REPLACED;
      }
    } catch (SQLException e) {
      fault = failure(e).words();
    }
  }

  /** Returns whether no other node opened the database since this one did. */
  private boolean isCurrent() throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      return lastNumber(statement, "SELECT last_value FROM " + EPOCH) == epoch;
    }
  }

  @Override
  public void probe(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // The sequence keeps its value; the change is in the server's log nevertheless.
      statement.execute(
          lock == null ? "SELECT 1" : "SELECT setval('" + EPOCH + "', " + epoch + ")");
    }
  }

  @Override
  public StoreFailure failure(SQLException e) {
    return PostgresqlFailures.of(e);
  }

  @Override
  public void close() {
    pool.close();
    if (lock != null) {
      lock.release();
    }
  }
}
