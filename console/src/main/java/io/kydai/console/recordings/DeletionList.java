package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import io.kydai.console.store.Database;
import java.util.List;

/** Reads the records of what retention deleted. Safe for many threads. */
public final class DeletionList {
  private final Database database;

  public DeletionList(Database database) {
    this.database = requireNonNull(database);
  }

  /**
   * Returns records, the newest first.
   *
   * @param before only those with a smaller number
   * @param limit of the list's length
   */
  public List<DeletionRecord> before(long before, int limit) {
    return database.inSnapshot(db -> DeletionTable.before(db, before, limit));
  }

  /**
   * Returns the files that a record lists, in the order in which they were deleted; none where the
   * list is no longer kept, or there is no such record.
   */
  public List<DeletedFile> files(long number) {
    return database.inSnapshot(db -> DeletedFileTable.of(db, number));
  }
}
