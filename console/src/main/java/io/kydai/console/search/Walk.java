package io.kydai.console.search;

import java.util.List;

/**
 * A list of reports in their order, which a search goes through, or several that are merged.
 *
 * @param table in which the list is
 * @param column of the table, which tells the lists apart
 * @param values of the column; each is a list of its own
 */
record Walk(String table, String column, List<String> values) {
  private static final String REPORT = "report";

  boolean ofReports() {
    return table.equals(REPORT);
  }

  boolean isOf(String ofColumn) {
    return ofReports() && column.equals(ofColumn);
  }

  String key() {
    return ofReports() ? "report.id" : "walk.report";
  }

  String from() {
    return ofReports() ? REPORT : table + " AS walk JOIN report ON report.id = walk.report";
  }

  String columnName() {
    return (ofReports() ? "report." : "walk.") + column;
  }
}
