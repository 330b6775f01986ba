package io.kydai.console.audit;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The audit: entries that are only added, each chained to the one before. The methods may be called
 * on any thread that may wait for the disk.
 *
 * <ul>
 *   <li>An entry that was appended in a transaction is on the disk when the transaction is, and not
 *       there when it is rolled back: an action and its entry are committed together.
 *   <li>The numbers are 1, 2, 3 … in the order of the commits, without gaps.
 *   <li>The last entry is read in the appending transaction, and not kept in memory, so that a
 *       rollback or another process's entry cannot break the chain.
 * </ul>
 *
 * <table>
 * <caption>Bounds</caption>
 * <tr><td>details of an entry</td><td>8 KiB of JSON; longer values are cut with a mark</td></tr>
 * <tr><td>other texts of an entry</td><td>100 to 2,000 characters; longer ones are cut with
 *     "…"</td></tr>
 * <tr><td>a page</td><td>{@value #MAX_PAGE} entries; a larger limit is refused</td></tr>
 * <tr><td>entries in memory while the chain is verified or exported</td><td>{@value #BATCH}</td></tr>
 * </table>
 */
public final class AuditLog {
  static final int MAX_PAGE = 500;
  static final int BATCH = 500;
  private static final int REMOVAL = 10_000;

  private final Database database;
  private final Clock clock;

  /** Creates the audit in a database. */
  public AuditLog(Database database, Clock clock) {
    this.database = requireNonNull(database);
    this.clock = requireNonNull(clock);
  }

  /**
   * Appends an event in the caller's transaction.
   *
   * @param db the handle of a writing transaction, see {@link Database#inTransaction}
   */
  public void append(Handle db, AuditEvent event) {
    AuditTable.Link last = AuditTable.newest(db);
    AuditTable.insert(
        db,
        AuditEntry.of(
            event, last.number() + 1, clock.instant().truncatedTo(ChronoUnit.MILLIS), last.hash()));
  }

  /** Appends an event in a transaction of its own; it is on the disk when this returns. */
  public void append(AuditEvent event) {
    database.inTransaction(
        db -> {
          append(db, event);
          return true;
        });
  }

  /**
   * Returns a page of entries, newest first. Entries that are appended meanwhile do not move the
   * pages that follow.
   *
   * @throws InvalidAuditFilterException when the limit or the cursor is wrong
   */
  public AuditPage list(AuditFilter filter) {
    if (filter.limit() < 1 || filter.limit() > MAX_PAGE) {
      throw new InvalidAuditFilterException("limit", "1 to " + MAX_PAGE + " is expected");
    }
    Long below = below(filter.cursor());
    List<AuditEntry> found =
        database.inSnapshot(db -> AuditTable.newestFirst(db, filter, below, filter.limit() + 1));
    if (found.size() <= filter.limit()) {
      return new AuditPage(found, null);
    }
    List<AuditEntry> page = found.subList(0, filter.limit());
    return new AuditPage(page, Long.toString(page.get(page.size() - 1).number()));
  }

  private static @Nullable Long below(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    if (!cursor.matches("[1-9][0-9]{0,17}")) {
      throw new InvalidAuditFilterException(
          "cursor", "'next' of the page before is expected, as it was given");
    }
    return Long.valueOf(cursor);
  }

  /** Verifies the hash and the number of every entry. */
  public Verification verify() {
    return new ChainCheck(database).run();
  }

  /** Returns whether there is an entry with a number and a hash. */
  public boolean hasEntry(long number, String hash) {
    return database.inSnapshot(db -> AuditTable.after(db, number - 1, 1)).stream()
        .anyMatch(entry -> entry.number() == number && entry.hash().equals(hash));
  }

  /**
   * Begins an export of the entries from the first that is not before {@code since} to the last
   * that is before {@code until}, oldest first.
   *
   * @param since null for the oldest entry
   * @param until null for the newest entry
   */
  public AuditExport export(
      @Nullable Instant since, @Nullable Instant until, AuditExport.Format format) {
    return AuditExport.of(database, since, until, format);
  }

  /**
   * Removes the oldest entries that are older than a time, up to the first that is not. Each
   * transaction removes at most {@value #REMOVAL} entries and appends one checkpoint that keeps the
   * number and the hash of the last removed one, with which the chain continues to be verifiable.
   *
   * @return the number of removed entries
   */
  public long removeBefore(Instant time) {
    long removed = 0;
    while (true) {
      int now = database.inTransaction(db -> removeSome(db, time));
      removed += now;
      if (now < REMOVAL) {
        return removed;
      }
    }
  }

  private int removeSome(Handle db, Instant time) {
    int removed = 0;
    AuditTable.Link last = AuditTable.Link.GENESIS;
    for (AuditTable.Aged entry : AuditTable.oldest(db, REMOVAL)) {
      if (!entry.at().isBefore(time)) {
        break;
      }
      last = entry.link();
      removed++;
    }
    if (removed > 0) {
      append(
          db,
          AuditEvent.of(AuditEventType.AUDIT_CHECKPOINT, Actor.SYSTEM, RequestOrigin.NONE)
              .detail("through", last.number())
              .detail("hash", last.hash())
              .detail("removed", removed)
              .detail("before", time));
      AuditTable.removeThrough(db, last.number());
    }
    return removed;
  }
}
