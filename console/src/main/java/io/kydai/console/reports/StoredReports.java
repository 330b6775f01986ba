package io.kydai.console.reports;

import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reports that another part of the desk finds, in the snapshot that it reads. */
public final class StoredReports {
  /**
   * The columns of the table {@code report} that a query has to select, and no others. No table has
   * columns of these names that a query joins with it.
   */
  public static final String COLUMNS = ReportRows.COLUMNS;

  private StoredReports() {}

  /**
   * Returns reports without their histories, in the order of the query, with one more statement for
   * the evidence of them all.
   *
   * @param select selects {@link #COLUMNS}
   */
  public static List<Report> of(Handle db, Query select) {
    return ReportRows.reports(db, select);
  }

  /**
   * Reports of some agencies among the rows of a query.
   *
   * @param reports in the order of the query, without their histories
   * @param rows how many rows were read until there were enough of them
   */
  public record Chosen(List<Report> reports, int rows) {}

  /**
   * Returns those of some agencies, in the order of the query, with one more statement for their
   * evidence.
   *
   * @param select selects {@link #COLUMNS}
   * @param limit so many reports are enough; rows behind them are not read
   */
  public static Chosen chosen(Handle db, Query select, Set<String> agencies, int limit) {
    return ReportRows.chosen(db, select, agencies, limit);
  }
}
