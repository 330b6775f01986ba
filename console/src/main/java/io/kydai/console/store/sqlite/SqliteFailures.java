package io.kydai.console.store.sqlite;

import io.kydai.console.store.engine.StoreFailure;
import io.kydai.console.store.engine.StoreFailure.Kind;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The meaning of SQLite's primary result codes (sqlite.org/rescode.html). */
final class SqliteFailures {
  private static final String RECOVER =
      "it is damaged: stop the node, keep a copy of the file, and put a backup in its place or what"
          + " 'sqlite3 FILE .recover' saves of it; with no file at all the node starts empty";

  private SqliteFailures() {}

  static StoreFailure of(SQLException e) {
    String message = StoreFailure.firstLine(e);
    if (!(e instanceof SQLiteException sqlite)) {
      return new StoreFailure(Kind.UNAVAILABLE, message);
    }
    // The low byte is the primary result code, the rest is the extended one.
    int primary = sqlite.getResultCode().code & 0xFF;
    return switch (SQLiteErrorCode.getErrorCode(primary)) {
      case SQLITE_FULL ->
          new StoreFailure(
              Kind.UNAVAILABLE, "the disk is full; writing continues when there is space again");
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          new StoreFailure(
              Kind.UNAVAILABLE,
              "the file is not writable; check its owner and permissions, and whether its file"
                  + " system is mounted read-only");
      case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_NOLFS ->
          new StoreFailure(
              Kind.UNAVAILABLE,
              "the file cannot be read or written; check its disk (" + message + ")");
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new StoreFailure(
              Kind.LOCKED,
              "it is locked by another program; writing continues when that releases the lock");
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT ->
          new StoreFailure(Kind.DAMAGE, RECOVER + " (" + message + ")");
      default -> new StoreFailure(Kind.STATEMENT, message);
    };
  }
}
