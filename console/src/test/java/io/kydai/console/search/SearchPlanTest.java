package io.kydai.console.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportState;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the database finds a page of a search among 200,000 reports, of which it has statistics. */
class SearchPlanTest {
  private static final int REPORTS = 200_000;
  private static final Instant LATE = Instant.parse("2100-01-01T00:00:00Z");

  private static final Pattern NAMES = Pattern.compile("(?<!:):(\\w+)");

  @TempDir Path folder;

  private static String fill() {
    return """
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
    INSERT INTO report (id, alert_id, camera, rule_id, type, state, received_at, started_at,
      last_seen_at, ended_at, reason, measures, tracks, agency, clip_awaited)
    SELECT '01JD' || substr(CAST(10000000000 + i AS TEXT), 2) || '000000000000',
      'a' || CAST(i AS TEXT), 'c' || CAST(i %% 200 AS TEXT), 'r',
      't' || CAST(i %% 12 AS TEXT), CASE WHEN i %% 20 = 0 THEN 'VERIFIED' ELSE 'REJECTED' END,
      i, i, i, i, 'a reason', '{}', '[]', 'a' || CAST(i %% 226 AS TEXT), 0
    FROM n
    """
        .formatted(REPORTS);
  }

  private static final List<String> WORDS =
      List.of(
          "INSERT INTO report_word (word, report) SELECT 'xe', id FROM report",
          "INSERT INTO report_word (word, report) SELECT 'hiem', id FROM report WHERE camera ="
              + " 'c7'",
          "INSERT INTO report_plate (report, plate)"
              + " SELECT id, '75F1' || substr(alert_id, 2) FROM report WHERE camera < 'c5'",
          "INSERT INTO plate_gram (gram, report) SELECT '^75', report FROM report_plate",
          "INSERT INTO plate_gram (gram, report)"
              + " SELECT substr(plate, length(plate) - 1) || '$', report FROM report_plate");

  private static SearchRequest request(
      @Nullable Instant until,
      @Nullable Set<CameraId> cameras,
      @Nullable ReportState state,
      List<String> words,
      @Nullable String plate,
      ReportFilter.Part visible) {
    return new SearchRequest(
        null,
        until,
        cameras,
        null,
        state,
        null,
        words,
        plate == null ? null : new PlatePattern(plate),
        List.of(visible),
        false);
  }

  /** Finds a page, and returns how the database did it. */
  private static String plan(Handle db, SearchRequest request, @Nullable String after) {
    List<String> plans = new ArrayList<>();
    List<StatementContext> last = new ArrayList<>();
    db.getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                last.add(context);
              }
            });
    assertThat(SearchQuery.reports(db, request, after, 51, new ListLengths(Clock.systemUTC())))
        .as("a page")
        .isNotEmpty();
    db.getConfig(SqlStatements.class).setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
    String sql =
        last.stream()
            .map(StatementContext::getRenderedSql)
            .filter(one -> !one.contains("FROM evidence"))
            .reduce("", (before, next) -> next);
    if (TestDatabase.isPostgresql() && !sql.contains(":limit")) {
      plans.addAll(generalPlan(db, sql, name -> String.valueOf(value(name, request, after, sql))));
      return String.join("\n", plans);
    }
    Query explained =
        db.createQuery((TestDatabase.isPostgresql() ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + sql);
    NAMES
        .matcher(sql)
        .results()
        .map(found -> found.group(1))
        .distinct()
        .forEach(name -> explained.bind(name, value(name, request, after, sql)));
    explained
        .map((row, context) -> row.getString(TestDatabase.isPostgresql() ? "QUERY PLAN" : "detail"))
        .forEach(plans::add);
    return String.join("\n", plans);
  }

  /**
   * How PostgreSQL executes a statement from the sixth time on whose plan it keeps: it then knows
   * no values, while EXPLAIN alone plans for those it is given.
   */
  private static List<String> generalPlan(Handle db, String sql, UnaryOperator<String> value) {
    List<String> values = new ArrayList<>();
    String numbered =
        NAMES
            .matcher(sql)
            .replaceAll(
                found -> {
                  values.add("'" + value.apply(found.group(1)) + "'");
                  return "\\$" + values.size();
                });
    String given = values.isEmpty() ? "" : "(" + String.join(", ", values) + ")";
    List<String> plan = new ArrayList<>();
    try (Statement statement = db.getConnection().createStatement()) {
      statement.execute("SET LOCAL plan_cache_mode = force_generic_plan");
      statement.execute("PREPARE page AS " + numbered);
      try (ResultSet rows = statement.executeQuery("EXPLAIN EXECUTE page" + given)) {
        while (rows.next()) {
          plan.add(rows.getString(1));
        }
      }
      statement.execute("DEALLOCATE page");
      statement.execute("SET LOCAL plan_cache_mode = auto");
    } catch (SQLException e) {
      throw new IllegalStateException(numbered, e);
    }
    return plan;
  }

  /** A value as the search binds it. */
  private static Object value(
      String name, SearchRequest request, @Nullable String after, String sql) {
    PlatePattern plate = request.plate();
    return switch (name) {
      case "limit" -> 51;
      case "until" -> LATE.toEpochMilli();
      case "below" -> "7ZZZZZZZZZZZZZZZZZZZZZZZZZ";
      case "after" -> String.valueOf(after);
      case "state" -> String.valueOf(request.state());
      case "plate" -> plate == null ? "" : plate.like();
      case "word0" -> request.words().get(0);
      case "word1" -> request.words().get(1);
      case "walk1" -> "c2";
      case "walk2" -> "c3";
      case "walk0" ->
          sql.contains("walk.gram")
              ? "41$"
              : sql.contains("walk.word")
                  ? request.words().get(request.words().size() - 1)
                  : request.cameras() == null ? String.valueOf(request.state()) : "c1";
      default -> "c1";
    };
  }

  @Test
  void everyConditionWalksAnIndexInTheOrderOfTheReports() {
    ReportFilter.Part all = new ReportFilter.Part(null, null, null);
    Set<CameraId> three = Set.of(new CameraId("c1"), new CameraId("c2"), new CameraId("c3"));
    String end = "01JD0000001000000000000000";
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      database.inTransaction(db -> db.execute(fill()));
      WORDS.forEach(sql -> database.inTransaction(db -> db.execute(sql)));
      database.inTransaction(db -> db.execute("ANALYZE"));
      Map<String, SearchRequest> cases = new LinkedHashMap<>();
      cases.put("nothing", request(null, null, null, List.of(), null, all));
      cases.put("until", request(LATE, null, null, List.of(), null, all));
      cases.put("state", request(null, null, ReportState.VERIFIED, List.of(), null, all));
      cases.put("a word", request(null, null, null, List.of("xe"), null, all));
      cases.put(
          "a frequent and a rare word",
          request(null, null, null, List.of("xe", "hiem"), null, all));
      cases.put("a plate", request(null, null, null, List.of(), "75*41", all));
      cases.put(
          "a plate and a state",
          request(null, null, ReportState.REJECTED, List.of(), "75*41", all));
      Map<String, String> plans = new LinkedHashMap<>();
      cases.forEach(
          (name, request) -> {
            plans.put(name, database.inSnapshot(db -> plan(db, request, null)));
            plans.put(
                name + " on a late page",
                database.inSnapshot(db -> plan(db, request, late(name, end))));
          });
      plans.forEach(
          (name, plan) ->
              assertThat(plan)
                  .as(name)
                  .doesNotContain("Seq Scan", "Sort", "TEMP B-TREE")
                  .containsPattern("Index (Only )?Scan|USING (COVERING )?(INDEX|PRIMARY KEY)"));
      SearchRequest some = request(null, three, null, List.of(), null, all);
      assertThat(database.<String>inSnapshot(db -> plan(db, some, null)))
          .as("cameras, each by its own index")
          .doesNotContain("Seq Scan", "Bitmap", "= ANY")
          .containsPattern("report_by_camera");
      SearchRequest officers =
          request(
              null,
              null,
              null,
              List.of(),
              null,
              new ReportFilter.Part(
                  null,
                  null,
                  IntStream.range(0, 226)
                      .mapToObj(i -> (i < 3 ? "a" : "none") + i)
                      .collect(Collectors.toSet())));
      String plan = database.inSnapshot(db -> plan(db, officers, null));
      assertThat(plan)
          .as("226 agencies, each by its own index")
          .doesNotContain("Seq Scan", "SCAN report");
      assertThat(
              Pattern.compile("report_by_agency( on report|\\W+\\(\\(?agency)")
                  .matcher(plan)
                  .results()
                  .count())
          .isEqualTo(226);
      List<List<Report>> pages =
          Stream.of(
                  new ReportFilter.Part(
                      null,
                      null,
                      IntStream.range(0, 226).mapToObj(i -> "a" + i).collect(Collectors.toSet())),
                  new ReportFilter.Part(null, null, null))
              .map(part -> request(null, null, null, List.of(), null, part))
              .map(
                  request ->
                      database.<List<Report>>inSnapshot(
                          db ->
                              SearchQuery.reports(
                                  db, request, null, 51, new ListLengths(Clock.systemUTC()))))
              .toList();
      assertThat(pages.get(0)).as("all agencies have all reports").isEqualTo(pages.get(1));
    }
  }

  /** The end of what a case finds. */
  private static String late(String name, String end) {
    return name.contains("word") || name.contains("plate") ? "01JD0000040000000000000000" : end;
  }
}
