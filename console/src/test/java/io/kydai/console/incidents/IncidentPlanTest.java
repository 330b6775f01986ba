package io.kydai.console.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the database finds pages and counts of the desk among 200,000 incidents. */
class IncidentPlanTest {
  private static final int INCIDENTS = 200_000;
  private static final IncidentFilter EVERYTHING =
      new IncidentFilter(Tab.DONE, "01A", List.of(), null, null, false, false, 50, null, null);

  @TempDir Path folder;

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
        SELECT %s, 'c' || CAST(i %% 200 AS TEXT), 'r', 't', 1 + i %% 3, i, i, i, %s, 1,
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
        Map.of("tab", tab, "priority", 2, "before", "01JD0000000000000000001000", "limit", 51);
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
      queries.put("count", db -> IncidentTable.count(db, EVERYTHING, Tab.TO_CHECK, null, 51));
      queries.forEach(
          (name, query) ->
              assertThat(database.<String>inSnapshot(db -> plan(db, tab(name), query)))
                  .as(name)
                  .doesNotContain("Seq Scan", "Sort", "TEMP B-TREE", "SCAN incident")
                  .containsPattern("Index (Only )?Scan|USING (COVERING )?INDEX"));
    }
  }
}
