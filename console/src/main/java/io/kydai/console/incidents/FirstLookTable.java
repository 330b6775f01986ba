package io.kydai.console.incidents;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Who looked first at reports that wait for a second look, read with the incidents of a page. */
final class FirstLookTable {
  private FirstLookTable() {}

  private record Of(String incident, Incident.FirstLooks looks) {}

  /** Returns incidents with those who looked first; one statement reads them for all. */
  static List<Incident> added(Handle db, List<Incident> incidents) {
    List<String> waiting =
        incidents.stream()
            .filter(one -> one.counts().secondLook() > 0)
            .map(one -> one.id().value())
            .toList();
    if (waiting.isEmpty()) {
      return incidents;
    }
    Map<String, List<Incident.FirstLooks>> looks =
        db
            .createQuery(
                "SELECT incident, first_look_account, MAX(first_look_by) AS first_look_by,"
                    + " COUNT(*) AS counted FROM report WHERE incident IN (<incidents>)"
                    + " AND first_look_account IS NOT NULL GROUP BY incident, first_look_account"
                    + " ORDER BY incident, first_look_account")
            .bindList("incidents", waiting)
            .map(
                (row, context) ->
                    new Of(
                        row.getString("incident"),
                        new Incident.FirstLooks(
                            row.getString("first_look_account"),
                            row.getString("first_look_by"),
                            row.getInt("counted"))))
            .stream()
            .collect(groupingBy(Of::incident, mapping(Of::looks, toList())));
    return incidents.stream()
        .map(
            one ->
                one.withFirstLooks(
                    looks.getOrDefault(one.id().value(), List.of()).stream()
                        .limit(Incident.MAX_FIRST_LOOKS)
                        .toList()))
        .toList();
  }
}
