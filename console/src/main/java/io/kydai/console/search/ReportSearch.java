package io.kydai.console.search;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.Cursor;
import io.kydai.console.reports.InvalidReportRequestException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportPage;
import io.kydai.console.store.Database;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds reports, page by page. A page is read in one snapshot; those that come in while somebody
 * turns pages do not move the pages that follow.
 */
public final class ReportSearch {
  private static final int MAX_PAGE = 200;
  private static final int BATCH = 500;

  private final Database database;
  private final ListLengths lengths;

  /** Creates the search over a database. */
  public ReportSearch(Database database, Clock clock) {
    this.database = requireNonNull(database);
    lengths = new ListLengths(clock);
  }

  /** Takes a batch of reports. */
  @FunctionalInterface
  public interface Batch {
    /**
     * Takes it.
     *
     * @throws IOException when there is nowhere to write it to any more
     */
    void write(List<Report> reports) throws IOException;
  }

  /**
   * Returns a page.
   *
   * @param cursor {@code next} of the page before, with the same request; null for the first
   * @throws InvalidReportRequestException when the limit or the cursor is wrong
   */
  public ReportPage page(SearchRequest request, int limit, @Nullable String cursor) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new InvalidReportRequestException("limit", "1 to " + MAX_PAGE + " is expected");
    }
    String after = cursor == null ? null : Cursor.id(cursor).value();
    List<Report> found = found(request, after, limit + 1);
    if (found.size() <= limit) {
      return new ReportPage(found, null);
    }
    List<Report> page = found.subList(0, limit);
    return new ReportPage(page, Cursor.after(page.get(limit - 1).id()));
  }

  /** Returns the first reports that are found; {@code most} is for the caller to bound. */
  public List<Report> first(SearchRequest request, int most) {
    return found(request, null, most);
  }

  private List<Report> found(SearchRequest request, @Nullable String after, int limit) {
    return database.inSnapshot(db -> SearchQuery.reports(db, request, after, limit, lengths));
  }

  /**
   * Hands over what is found in batches of {@value #BATCH}; each is read in a snapshot of its own,
   * so that a slow reader does not keep the database from cleaning up.
   *
   * @param most so many reports are handed over at most
   * @return whether there are more
   * @throws IOException when a batch cannot be written
   */
  public boolean export(SearchRequest request, int most, Batch batch) throws IOException {
    String after = null;
    int left = most;
    while (left > 0) {
      List<Report> found = found(request, after, Math.min(BATCH, left));
      batch.write(found);
      left -= found.size();
      if (found.size() < BATCH && left > 0) {
        return false;
      }
      after = found.get(found.size() - 1).id().value();
    }
    return !found(request, after, 1).isEmpty();
  }
}
