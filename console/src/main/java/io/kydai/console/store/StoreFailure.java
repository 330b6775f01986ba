package io.kydai.console.store;

import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The failure of a statement, with a text for the operator of the node.
 *
 * <p>The kind comes from SQLite's primary result code (sqlite.org/rescode.html).
 *
 * @param kind the kind of failure
 * @param words the reason and a remedy
 */
record StoreFailure(Kind kind, String words) {
  /** The kinds of failures. */
  enum Kind {
    /** The disk or the file failed, which may end without a restart. */
    DISK,
    /** Another program holds a lock on the file. */
    LOCKED,
    /** The content of the file is damaged, which the node cannot repair. */
    DAMAGE,
    /** The statement was wrong; the database is not at fault. */
    STATEMENT
  }

  private static final String RECOVER =
      "it is damaged: stop the node, keep a copy of the file, and put a backup in its place or what"
          + " 'sqlite3 FILE .recover' saves of it; with no file at all the node starts empty";

  /** Returns the failure of which an exception is the result; empty when no statement failed. */
  static Optional<StoreFailure> of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return Optional.of(of(e));
      }
    }
    return Optional.empty();
  }

  private static StoreFailure of(SQLException e) {
    String message = firstLine(e);
    if (!(e instanceof SQLiteException sqlite)) {
      return new StoreFailure(Kind.DISK, message);
    }
    // The low byte is the primary result code, the rest is the extended one.
    int primary = sqlite.getResultCode().code & 0xFF;
    return switch (SQLiteErrorCode.getErrorCode(primary)) {
      case SQLITE_FULL ->
          new StoreFailure(
              Kind.DISK, "the disk is full; writing continues when there is space again");
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          new StoreFailure(
              Kind.DISK,
              "the file is not writable; check its owner and permissions, and whether its file"
                  + " system is mounted read-only");
      case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_NOLFS ->
          new StoreFailure(
              Kind.DISK, "the file cannot be read or written; check its disk (" + message + ")");
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new StoreFailure(
              Kind.LOCKED,
              "it is locked by another program; writing continues when that releases the lock");
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT ->
          new StoreFailure(Kind.DAMAGE, RECOVER + " (" + message + ")");
      default -> new StoreFailure(Kind.STATEMENT, message);
    };
  }

  /** Returns the first line of a message, because some messages have whole paragraphs. */
  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** Returns whether the file or its disk failed. */
  boolean isOfFile() {
    return kind == Kind.DISK || kind == Kind.DAMAGE;
  }
}
