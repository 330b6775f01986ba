package io.kydai.console.deskstatistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.VisibleReports;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the database counts a day of the desk among 300,000 steps of 100,000 reports. */
class DeskStatisticsPlanTest {
  private static final int REPORTS = 100_000;

  private static final Pattern NAMES = Pattern.compile("(?<!:):(\\w+)");

  @TempDir Path folder;

  private static final String ID =
      "'01JD' || substr(CAST(10000000000 + i AS TEXT), 2) || '000000000000'";

  private static List<String> fill() {
    String numbers =
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
            .formatted(REPORTS);
    List<String> statements = new ArrayList<>();
    statements.add(
        numbers
            + "INSERT INTO report (id, alert_id, camera, rule_id, type, state, received_at,"
            + " started_at, last_seen_at, ended_at, reason, measures, tracks, agency, clip_awaited)"
            + " SELECT "
            + ID
            + ", 'a' || CAST(i AS TEXT), 'c' || CAST(i % 200 AS TEXT), 'r', 't', 'RESOLVED', i, i, i,"
            + " i, 'a reason', '{}', '[]', 'a' || CAST(i % 226 AS TEXT), 0 FROM n");
    String[] actions = {"VERIFY", "ASSIGN", "RETURN"};
    for (int step = 0; step < actions.length; step++) {
      statements.add(
          numbers
              + "INSERT INTO report_step (report, number, at, state, actor, reason, agency, action)"
              + " SELECT %s, %d, i, 'VERIFIED', 'p' || CAST(i %% 40 AS TEXT), 'a reason', 'a1', '%s'"
                  .formatted(ID, step + 1, actions[step])
              + " FROM n");
    }
    statements.add(
        numbers
            + "INSERT INTO report_deadline (id, report, stage, rule_id, agency, begun_at, due_at,"
            + " reminded, level, is_open, ended_at) SELECT "
            + ID
            + ", "
            + ID
            + ", CASE WHEN i % 2 = 0 THEN 'CHECK' ELSE 'HANDLE' END, 'r', 'a1', i, i, 0, 0, 0, i"
            + " FROM n");
    statements.add("ANALYZE");
    return statements;
  }

  private interface Counting {
    Object on(Handle db);
  }

  private static String plan(Handle db, Counting counting) {
    List<StatementContext> seen = new ArrayList<>();
    db.getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                seen.add(context);
              }
            });
    assertThat(counting.on(db)).isNotNull();
    db.getConfig(SqlStatements.class).setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    String sql = seen.get(seen.size() - 1).getRenderedSql();
    boolean server = TestDatabase.isPostgresql();
    Query explained = db.createQuery((server ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + sql);
    Map<String, Object> values =
        Map.of("begin", 50_000L, "end", 51_000L, "now", 0L, "node", "kydai");
    NAMES
        .matcher(sql)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .forEach(name -> explained.bind(name, values.getOrDefault(name, "c1")));
    return String.join(
        "\n",
        explained.map((row, context) -> row.getString(server ? "QUERY PLAN" : "detail")).list());
  }

  @Test
  void everyCountGoesThroughItsSpanByAnIndex() {
    DeskSpan span =
        new DeskSpan(
            Instant.ofEpochMilli(50_000),
            Instant.ofEpochMilli(51_000),
            List.of(new ReportFilter.Part(Set.of(new CameraId("c1")), null, null)));
    VisibleReports visible = VisibleReports.of(span.visible());
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      fill().forEach(sql -> database.inTransaction(db -> db.execute(sql)));
      Map<String, Counting> countings = new LinkedHashMap<>();
      countings.put("received", db -> DeskTable.received(db, span, visible));
      countings.put("deadlines", db -> DeskTable.deadlines(db, span, visible, Instant.EPOCH));
      countings.put("returned", db -> DeskTable.returned(db, span, visible));
      countings.put("decisions", db -> DeskTable.decisions(db, span, visible));
      countings.put("reasons", db -> DeskTable.rejectReasons(db, span, visible));
      countings.put("reviewers", db -> DeskTable.reviewers(db, span, visible));
      countings.put("samples", db -> DeskTable.samples(db, span, visible));
      countings.forEach(
          (name, counting) ->
              assertThat(database.<String>inSnapshot(db -> plan(db, counting)))
                  .as(name)
                  .doesNotContain("Seq Scan", "SCAN report", "SCAN step", "SCAN due")
                  .containsPattern("report_step_by_action|report_deadline_by_begin"));
    }
  }
}
