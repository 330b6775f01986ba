package io.kydai.console.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.reports.ReportFilter;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the database finds pages and counts of the desk among 200,000 incidents. */
class IncidentPlanTest {
  private static final int INCIDENTS = 200_000;
  private static final IncidentFilter EVERYTHING = filter(null, null, null);

  @TempDir Path folder;

  private static IncidentFilter filter(
      @Nullable CameraId camera, @Nullable String type, @Nullable Set<CameraId> seen) {
    return new IncidentFilter(
        Tab.DONE,
        "01A",
        List.of(),
        camera,
        type,
        false,
        false,
        50,
        null,
        seen == null ? null : List.of(new ReportFilter.Part(seen, null, null)));
  }

  private static String id(String number) {
    return "'01JD' || substr(CAST(10000000000000000000000 + %s AS TEXT), 2, 22)".formatted(number);
  }

  private static String fill() {
    String number = TestDatabase.isPostgresql() ? "CAST(i AS NUMERIC)" : "0";
    String id =
        TestDatabase.isPostgresql()
            ? id(number)
            : "'01JD' || substr('0000000000000000000000' || CAST(i AS TEXT), -22)";
    return """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
        INSERT INTO incident (id, camera, rule_id, type, priority, first_at, last_at, received_at,
          last_report, reports, to_check, with_agency, done, tab)
        SELECT %s, 'c' || CAST(i %% 200 AS TEXT), 'r',
          CASE WHEN i %% 2000 = 5 THEN 'rare' ELSE 't' END, 1 + i %% 3, i, i, i, %s, 1,
          CASE WHEN i %% 100 = 0 THEN 1 ELSE 0 END, 0, CASE WHEN i %% 100 = 0 THEN 0 ELSE 1 END,
          CASE WHEN i %% 100 = 0 THEN 1 ELSE 3 END
        FROM n
        """
        .formatted(INCIDENTS, id, id);
  }

  private interface Query {
    Object on(Handle db);
  }

  /** Returns how the database answers a query. */
  private static String plan(Handle db, int tab, Query query) {
    StringBuilder plan = new StringBuilder();
    boolean server = TestDatabase.isPostgresql();
    db.getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                plan.append(context.getRenderedSql());
              }
            });
    query.on(db);
    db.getConfig(SqlStatements.class).setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    String explain = (server ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + plan;
    var explained = db.createQuery(explain);
    Map<String, Object> values =
        Map.of(
            "tab",
            tab,
            "priority",
            2,
            "before",
            "01JD0000000000000000001000",
            "limit",
            51,
            "camera",
            "c7",
            "type",
            "rare");
    values.forEach(
        (name, value) -> {
          if (plan.indexOf(":" + name) >= 0) {
            explained.bind(name, value);
          }
        });
    return String.join(
        "\n",
        explained.map((row, context) -> row.getString(server ? "QUERY PLAN" : "detail")).list());
  }

  private static List<Incident> first(
      Handle db, IncidentFilter filter, @Nullable Priority priority) {
    return IncidentTable.list(db, filter, Tab.DONE, priority, null, 51);
  }

  /** Of the tab that most incidents are on, a count needs no index: it ends at its limit. */
  private static int tab(String name) {
    return (name.equals("count") ? Tab.TO_CHECK : Tab.DONE).number();
  }

  @Test
  void pagesAndCountsUseAnIndexAndNoSortingAlsoOnTheLastPage() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      database.inTransaction(db -> db.execute(fill()));
      database.inTransaction(db -> db.execute("ANALYZE"));
      Map<String, Query> queries = new LinkedHashMap<>();
      queries.put("first page", db -> IncidentTable.list(db, EVERYTHING, Tab.DONE, null, null, 51));
      queries.put(
          "last page",
          db ->
              IncidentTable.list(db, EVERYTHING, Tab.DONE, null, "01JD0000000000000000001000", 51));
      queries.put(
          "priority", db -> IncidentTable.list(db, EVERYTHING, Tab.DONE, Priority.HIGH, null, 51));
      queries.put("ranked", db -> IncidentTable.ranked(db, EVERYTHING, Priority.HIGH, null, 51));
      queries.put(
          "count", db -> new IncidentListQuery(EVERYTHING).counts(db, List.of("tab = 1"), 51));
      CameraId camera = new CameraId("c7");
      queries.put("a camera", db -> first(db, filter(camera, null, null), null));
      queries.put("a rare type", db -> first(db, filter(null, "rare", null), null));
      queries.put(
          "a rare type, a priority", db -> first(db, filter(null, "rare", null), Priority.HIGH));
      queries.forEach(
          (name, query) ->
              assertThat(database.<String>inSnapshot(db -> plan(db, tab(name), query)))
                  .as(name)
                  .doesNotContain("Seq Scan", "Sort", "TEMP B-TREE", "SCAN incident")
                  .containsPattern("Index (Only )?Scan|USING (COVERING )?INDEX"));
    }
  }

  @Test
  void whoSeesFewCamerasGetsTheSamePagesAsByGoingThroughAll() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      database.inTransaction(db -> db.execute(fill()));
      Set<CameraId> few = Set.of(new CameraId("c7"), new CameraId("c100"), new CameraId("none"));
      Set<CameraId> most =
          IntStream.range(0, 190).mapToObj(i -> new CameraId("c" + i)).collect(Collectors.toSet());
      for (Set<CameraId> seen : List.of(few, most)) {
        for (Tab tab : List.of(Tab.DONE, Tab.TO_CHECK)) {
          for (Priority priority : List.of(Priority.HIGH, Priority.NORMAL)) {
            String all =
                "SELECT id FROM incident WHERE tab = %d AND priority = %d AND camera IN (%s)"
                    .formatted(
                        tab.number(),
                        priority.number(),
                        seen.stream()
                            .map(camera -> "'" + camera + "'")
                            .collect(Collectors.joining(", ")));
            IncidentFilter filter = filter(null, null, seen);
            List<String> expected = ids(database, all + " ORDER BY id DESC LIMIT 300");
            List<String> found = new ArrayList<>();
            while (found.size() < expected.size()) {
              String before = found.isEmpty() ? null : found.get(found.size() - 1);
              List<Incident> page =
                  database.inSnapshot(
                      db -> IncidentTable.list(db, filter, tab, priority, before, 50));
              assertThat(page).isNotEmpty();
              page.forEach(incident -> found.add(incident.id().value()));
            }
            assertThat(found).isEqualTo(expected);
            if (tab == Tab.TO_CHECK) {
              List<Incident> ranked =
                  database.inSnapshot(db -> IncidentTable.ranked(db, filter, priority, null, 50));
              assertThat(ranked)
                  .extracting(incident -> incident.id().value())
                  .isEqualTo(expected.subList(0, Math.min(50, expected.size())));
            }
          }
        }
      }
    }
  }

  private static List<String> ids(Database database, String sql) {
    return database.inSnapshot(db -> db.createQuery(sql).mapTo(String.class).list());
  }
}
