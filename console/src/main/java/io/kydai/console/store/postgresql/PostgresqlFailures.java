package io.kydai.console.store.postgresql;

import io.kydai.console.store.engine.StoreFailure;
import io.kydai.console.store.engine.StoreFailure.Kind;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** The meaning of PostgreSQL's error codes (postgresql.org/docs, "PostgreSQL Error Codes"). */
final class PostgresqlFailures {
  /** The state of our own exception for a node that was replaced by another; no code of SQL. */
  static final String REPLACED = "KY001";

  /** read_only_sql_transaction. */
  static final String READ_ONLY = "25006";

  private static final String WAITS = "; writing continues by itself";

  private PostgresqlFailures() {}

  static StoreFailure of(SQLException e) {
    SQLException first = withState(e);
    String message = StoreFailure.firstLine(first);
    String state = first.getSQLState() == null ? "" : first.getSQLState();
    return switch (state) {
      case REPLACED -> unavailable(message);
      case "53100" -> unavailable("the disk of the server is full" + WAITS + " when it has space");
      case "53200" -> unavailable("the server has too little memory" + WAITS + " when it has more");
      case "53300" ->
          unavailable(
              "the server has too many connections; raise its max_connections or end other"
                  + " programs"
                  + WAITS);
      case READ_ONLY ->
          unavailable(
              "the server is read-only, as a standby is; name the primary server, or make this one"
                  + " writable");
      case "28000", "28P01" ->
          unavailable(
              "the server refuses the log-in; check user and password in storage.database, and the"
                  + " server's pg_hba.conf ("
                  + message
                  + ")");
      case "3D000" ->
          unavailable("the server has no database of that name; create it: createdb -O USER NAME");
      case "42501" ->
          unavailable(
              "the user lacks a permission; make the user the owner of the database ("
                  + message
                  + ")");
      case "55P03" ->
          new StoreFailure(
              Kind.LOCKED,
              "it is locked by another program; writing continues when that releases the lock");
      case "40001", "40P01" ->
          new StoreFailure(Kind.LOCKED, "another program was in the way" + WAITS);
      case "57014" -> unavailable("a statement took too long and was ended" + WAITS);
      case "57P01", "57P02", "57P03" ->
          unavailable("the server is restarting or stopping" + WAITS + " when it runs");
      case "XX001", "XX002" ->
          new StoreFailure(
              Kind.DAMAGE,
              "it is damaged: stop the node and restore a backup, of Kydai or of the server ("
                  + message
                  + ")");
      default -> byClass(state, first, message);
    };
  }

  private static StoreFailure byClass(String state, SQLException first, String message) {
    if (state.isEmpty() && !(first instanceof SQLTransientConnectionException)) {
      return unavailable(message);
    }
    if (state.isEmpty() || state.startsWith("08")) {
      return unavailable(
          "the server does not answer; check that it runs and can be reached"
              + WAITS
              + " ("
              + message
              + ")");
    }
    if (state.startsWith("53") || state.startsWith("57") || state.startsWith("58")) {
      return unavailable("the server fails; see its log (" + message + ")");
    }
    return new StoreFailure(Kind.STATEMENT, message);
  }

  private static StoreFailure unavailable(String words) {
    return new StoreFailure(Kind.UNAVAILABLE, words);
  }

  /** Returns the exception of the server itself, which a pool or a batch wraps. */
  private static SQLException withState(SQLException e) {
    SQLException found = e;
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        found = sql;
      }
    }
    SQLException next = found.getNextException();
    return found.getSQLState() == null && next != null ? withState(next) : found;
  }
}
