package io.kydai.console.reports;

import java.util.List;
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
}
