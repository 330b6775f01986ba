package io.kydai.console.store;

import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * What a failed statement says of the database, in words for who runs the node.
 *
 * <p>The kinds are SQLite's primary result codes (sqlite.org/rescode.html).
 *
 * @param kind what failed
 * @param words the reason, and what to do
 */
record StoreFailure(Kind kind, String words) {
  enum Kind {
    /** The disk or the file: it may be well again without a restart. */
    DISK,
    /** Another program has the file locked. */
    LOCKED,
    /** The content is damaged: nothing that the node can do mends it. */
    DAMAGE,
    /** The statement was wrong, and the database is well. */
    STATEMENT
  }

  private static final String RECOVER =
      "it is damaged: stop the node, keep a copy of the file, and put a backup in its place or what"
          + " 'sqlite3 FILE .recover' saves of it; with no file at all the node starts empty";

  /** Empty when no SQL statement failed. */
  static Optional<StoreFailure> of(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException e) {
        return Optional.of(of(e));
      }
    }
    return Optional.empty();
  }

  private static StoreFailure of(SQLException e) {
    String said = firstLine(e);
    if (!(e instanceof SQLiteException sqlite)) {
      return new StoreFailure(Kind.DISK, said);
    }
    // The low byte is the primary code; the rest refines it.
    int primary = sqlite.getResultCode().code & 0xFF;
    return switch (SQLiteErrorCode.getErrorCode(primary)) {
      case SQLITE_FULL ->
          new StoreFailure(Kind.DISK, "the disk is full; it goes on when there is room again");
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
          new StoreFailure(
              Kind.DISK,
              "the file cannot be written to; check its owner and permissions, and whether its file"
                  + " system is mounted read-only");
      case SQLITE_IOERR, SQLITE_CANTOPEN, SQLITE_PROTOCOL, SQLITE_NOLFS ->
          new StoreFailure(
              Kind.DISK, "the file cannot be read or written; check its disk (" + said + ")");
      case SQLITE_BUSY, SQLITE_LOCKED ->
          new StoreFailure(
              Kind.LOCKED, "another program has it locked; it goes on when that one lets go");
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT ->
          new StoreFailure(Kind.DAMAGE, RECOVER + " (" + said + ")");
      default -> new StoreFailure(Kind.STATEMENT, said);
    };
  }

  /** Drivers and Flyway tell of some failures in whole paragraphs. */
  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  boolean ofTheDisk() {
    return kind == Kind.DISK || kind == Kind.DAMAGE;
  }
}
