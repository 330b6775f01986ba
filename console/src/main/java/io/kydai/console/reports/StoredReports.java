package io.kydai.console.reports;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reports that another part of the desk found by their ids, in the snapshot that it reads. */
public final class StoredReports {
  private StoredReports() {}

  /** Returns reports without their histories, in the order of the ids. */
  public static List<Report> of(Handle db, List<String> ids) {
    if (ids.isEmpty()) {
      return List.of();
    }
    Map<String, Integer> places =
        ids.stream().collect(Collectors.toMap(Function.identity(), ids::indexOf));
    return ReportTable.reports(
            db, db.createQuery(ReportTable.COLUMNS + " WHERE id IN (<ids>)").bindList("ids", ids))
        .stream()
        .sorted(Comparator.comparing(report -> places.getOrDefault(report.id().value(), 0)))
        .toList();
  }
}
