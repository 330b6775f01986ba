package io.kydai.console.incidents;

import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.VisibleReports;
import io.kydai.ingest.source.CameraId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a list of incidents, and of their numbers. A list reads an index in its order until a
 * page is full. Where somebody sees some cameras only, the first incidents of all cameras are
 * looked at before, unless those are few: if they do not fill the page, each camera has a list, of
 * which the pages are merged.
 */
final class IncidentListQuery {
  /** Of so many cameras each has a list; SQLite takes 500 at most in one statement. */
  private static final int MAX_LISTS = 250;

  /** The same where a camera is seen from some time on, so that each list has all of the rights. */
  private static final int MAX_CONDITIONED_LISTS = 30;

  /** Of more cameras than so many, the first incidents of all are looked at first. */
  private static final int FEW_LISTS = 10;

  /** So many of them. */
  private static final int FIRST = 1_000;

  private final StringJoiner conditions = new StringJoiner(" AND ", " WHERE ", "");
  private final Map<String, Object> values = new HashMap<>();
  private final Map<String, List<String>> lists = new HashMap<>();

  /** What may be seen; null for everything. */
  private final @Nullable String visible;

  /** That every incident is of which may be seen; null where that is not known or has no use. */
  private final @Nullable Set<String> cameras;

  /** Whether all of the incidents of those cameras may be seen. */
  private final boolean whole;

  /** Whether the values of conditions decide which index leaves the fewest incidents. */
  private boolean isChosenByValues;

  IncidentListQuery(IncidentFilter filter) {
    conditions.setEmptyValue("");
    CameraId camera = filter.camera();
    if (camera != null) {
      and("camera = :camera", "camera", camera.value());
    }
    String type = filter.type();
    if (type != null) {
      and("type = :type", "type", type);
    }
    if (filter.secondLook()) {
      and("second_look > 0");
    }
    List<ReportFilter.Part> parts = filter.visible();
    visible = parts == null ? null : "(" + visible(parts) + ")";
    whole = parts != null && parts.stream().allMatch(part -> isEmpty(part) || part.from() == null);
    cameras =
        camera != null || parts == null
            ? null
            : cameras(parts, whole ? MAX_LISTS : MAX_CONDITIONED_LISTS);
    isChosenByValues = camera != null || type != null || visible != null;
  }

  IncidentListQuery and(String condition) {
    conditions.add(condition);
    return this;
  }

  IncidentListQuery and(String condition, String name, Object value) {
    values.put(name, value);
    return and(condition);
  }

  /** Adds a condition that an index may serve or not, which its value decides. */
  IncidentListQuery andChosen(String condition, String name, Object value) {
    isChosenByValues = true;
    return and(condition, name, value);
  }

  /** Gives the values of a list that a condition names. */
  void list(String name, List<String> all) {
    lists.put(name, all);
  }

  /** A part of an agency is left out: it sees its reports, and not what else happened. */
  private static boolean isEmpty(ReportFilter.Part part) {
    Set<CameraId> cameras = part.cameras();
    return part.agencies() != null || (cameras != null && cameras.isEmpty());
  }

  private static @Nullable Set<String> cameras(List<ReportFilter.Part> parts, int most) {
    Set<String> all = new TreeSet<>();
    for (ReportFilter.Part part : parts) {
      if (!isEmpty(part)) {
        Set<CameraId> cameras = part.cameras();
        if (cameras == null) {
          return null;
        }
        cameras.forEach(camera -> all.add(camera.value()));
      }
    }
    return all.isEmpty() || all.size() > most ? null : all;
  }

  /** Returns the condition that an incident is in one of the parts. */
  private String visible(List<ReportFilter.Part> parts) {
    // Incidents have the columns that the parts of the queue are told by.
    VisibleReports condition =
        VisibleReports.of(parts.stream().filter(part -> !isEmpty(part)).toList());
    values.putAll(condition.values());
    lists.putAll(condition.lists());
    return condition.sql();
  }

  /**
   * Returns the first incidents in an order, which ends with the ids. PostgreSQL plans a statement
   * whose limit is a value anew for its values each time, and keeps the plan of any other.
   *
   * @param order such as {@code id DESC}, of columns of the table
   */
  List<Incident> first(Handle db, String order, int limit) {
    if (isChosenByValues) {
      values.put("limit", limit);
    }
    if (cameras == null) {
      String limited = " LIMIT " + (isChosenByValues ? ":limit" : limit);
      return find(db, IncidentTable.COLUMNS + where(visible) + " ORDER BY " + order + limited);
    }
    if (cameras.size() > FEW_LISTS) {
      List<Incident> among = find(db, amongFirst(order));
      if (among.size() == limit) {
        return among;
      }
    }
    return find(db, merged(cameras, order));
  }

  private String amongFirst(String order) {
    return IncidentTable.COLUMNS
        + " WHERE id IN (SELECT found FROM (SELECT id AS found, camera, received_at FROM incident"
        + where(null)
        + " ORDER BY "
        + order
        + " LIMIT "
        + FIRST
        + ") AS newest WHERE "
        + visible
        + ") ORDER BY "
        + order
        + " LIMIT :limit";
  }

  private String merged(Set<String> cameras, String order) {
    StringJoiner all =
        new StringJoiner(
            " UNION ALL ",
            IncidentTable.COLUMNS + " WHERE id IN (",
            ") ORDER BY " + order + " LIMIT :limit");
    int number = 0;
    for (String camera : cameras) {
      values.put("list" + number, camera);
      String own = "camera = :list" + number;
      all.add(
          "SELECT found FROM (SELECT id AS found FROM incident%s ORDER BY %s LIMIT :limit) AS list%d"
              .formatted(where(whole ? own : visible + " AND " + own), order, number));
      number++;
    }
    return all.toString();
  }

  /**
   * Counts those of each of some conditions, up to a limit, in one statement.
   *
   * @param each conditions without values
   */
  List<Integer> counts(Handle db, List<String> each, int limit) {
    if (isChosenByValues) {
      values.put("limit", limit);
    }
    String limited = " LIMIT " + (isChosenByValues ? ":limit" : limit);
    StringJoiner all = new StringJoiner(", ", "SELECT ", "");
    for (int i = 0; i < each.size(); i++) {
      all.add(
          "(SELECT COUNT(*) FROM (SELECT 1 AS one FROM incident%s%s) AS counted%d)"
              .formatted(
                  where(visible == null ? each.get(i) : each.get(i) + " AND " + visible),
                  limited,
                  i));
    }
    return bound(db.createQuery(all.toString()))
        .map(
            (row, context) -> {
              List<Integer> counts = new ArrayList<>();
              for (int i = 1; i <= each.size(); i++) {
                counts.add(row.getInt(i));
              }
              return counts;
            })
        .one();
  }

  private String where(@Nullable String seen) {
    String all = conditions.toString();
    return seen == null ? all : all.isEmpty() ? " WHERE " + seen : all + " AND " + seen;
  }

  private List<Incident> find(Handle db, String sql) {
    return bound(db.createQuery(sql)).map((row, context) -> IncidentTable.incident(row)).list();
  }

  private Query bound(Query query) {
    query.bindMap(values);
    lists.forEach(query::bindList);
    return query;
  }
}
