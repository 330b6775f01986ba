package io.kydai.console.incidents;

import io.kydai.console.reports.ReportId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Which file of a report's evidence is its picture in a list. */
final class ReportPictures {
  private ReportPictures() {}

  /** Returns the name of the first picture of each report that has one; one statement for all. */
  static Map<ReportId, String> of(Handle db, List<ReportId> reports) {
    Map<ReportId, String> names = new HashMap<>();
    if (reports.isEmpty()) {
      return names;
    }
    db.createQuery(
            "SELECT report, name FROM evidence WHERE report IN (<reports>)"
                + " AND media_type = 'image/jpeg' ORDER BY report, number")
        .bindList("reports", reports.stream().map(ReportId::value).toList())
        .map((row, context) -> Map.entry(ReportId.of(row.getString(1)), row.getString(2)))
        .forEach(one -> names.putIfAbsent(one.getKey(), one.getValue()));
    return names;
  }
}
