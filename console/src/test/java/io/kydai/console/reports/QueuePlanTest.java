package io.kydai.console.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.store.Ulids;
import io.kydai.ingest.source.CameraId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How the database finds a page of the queue among 200,000 reports, or more with {@code
 * -Dkydai.plan.reports}: the fewer there are, the sooner would a plan walk through all of them.
 */
class QueuePlanTest {
  private static final int REPORTS = Integer.getInteger("kydai.plan.reports", 200_000);
  private static final int STATEMENT = 20_000;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Pattern AGENCY =
      Pattern.compile("report_by_agency(_and_state)?( on report|\\W+\\(agency=)");
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  @TempDir Path folder;

  /** The SQL of a ULID whose time is that of the row, and whose random part is its number. */
  private static String ulid() {
    StringBuilder sql = new StringBuilder();
    for (int shift = 45; shift >= 0; shift -= 5) {
      sql.append(
          "substr('%s', CAST(1 + ((ms >> %d) & 31) AS INTEGER), 1) || ".formatted(DIGITS, shift));
    }
    return sql + "substr(CAST(10000000000000000 + i AS TEXT), 2, 16)";
  }

  /** The id of a row, as the statement that fills the table makes it. */
  private static String ulidOf(int row) {
    long ms = FIRST.toEpochMilli() + row * 10_000L;
    StringBuilder id = new StringBuilder();
    for (int shift = 45; shift >= 0; shift -= 5) {
      id.append(DIGITS.charAt((int) ((ms >> shift) & 31)));
    }
    return id + "%016d".formatted(row);
  }

  private static String fill(int from, int to) {
    return """
    WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d),
      t (i, ms) AS (SELECT i, CAST(%d AS BIGINT) + CAST(i AS BIGINT) * 10000 FROM n)
    INSERT INTO report (id, alert_id, camera, rule_id, type, state, received_at, started_at,
      last_seen_at, ended_at, reason, measures, tracks, agency, clip_awaited)
    SELECT %s, 'a' || CAST(i AS TEXT), 'c' || CAST(i %% 200 AS TEXT), 'r',
      't' || CAST(i %% 12 AS TEXT), CASE WHEN i %% 20 = 0 THEN 'VERIFIED' ELSE 'REJECTED' END,
      ms, ms, ms, ms, 'a reason', '{}', '[]', 'a' || CAST(i %% 226 AS TEXT), 0
    FROM t
    """
        .formatted(from, to, FIRST.toEpochMilli(), ulid());
  }

  /** A filter and the values that its query has. */
  private record Case(ReportFilter filter, Map<String, ?> values) {}

  /** Lists a page, and returns how the database found it. */
  private static String plan(Handle db, Case one) {
    List<String> queries = new ArrayList<>();
    db.getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                queries.add(context.getRenderedSql());
              }
            });
    assertThat(ReportListQuery.list(db, one.filter(), 51)).hasSize(51);
    boolean server = TestDatabase.isPostgresql();
    String sql =
        queries.stream()
            .filter(query -> query.startsWith("SELECT id, alert_id"))
            .reduce((earlier, last) -> last)
            .orElseThrow();
    Map<String, Object> values = new HashMap<>(one.values());
    if (sql.contains(":limit")) {
      values.put("limit", 51);
    }
    return String.join(
        "\n",
        db.createQuery((server ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + sql)
            .bindMap(values)
            .map((row, context) -> row.getString(server ? "QUERY PLAN" : "detail"))
            .list());
  }

  @Test
  void everyFilterOfTheListUsesAnIndexAndNoSorting() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      for (int from = 1; from < REPORTS; from += STATEMENT) {
        String rows = fill(from, from + STATEMENT - 1);
        // PostgreSQL ends a statement after 30 s, which a busy machine needs for a million words.
        String of =
            "id FROM report WHERE id BETWEEN '%s' AND '%s'"
                .formatted(ulidOf(from), ulidOf(from + STATEMENT - 1));
        database.inTransaction(db -> db.execute(rows));
        database.inTransaction(
            db ->
                db.execute(
                    "INSERT INTO report_word (word, report) SELECT 'xe', "
                        + of
                        + " UNION ALL SELECT 'hiem', "
                        + of
                        + " AND camera = 'c7'"));
      }
      database.inTransaction(db -> db.execute("ANALYZE"));
      Instant late = FIRST.plusMillis((REPORTS - 1_000L) * 10_000);
      String cursor =
          database.inSnapshot(
              db -> {
                List<Report> page =
                    ReportListQuery.list(
                        db, new ReportFilter(null, null, null, null, 50, null), REPORTS / 2_000);
                return Cursor.after(page.get(page.size() - 1));
              });
      Map<String, Case> cases = new LinkedHashMap<>();
      cases.put("none", new Case(filter(null, null, null, null, null), Map.of()));
      cases.put("state", new Case(filter(ReportState.VERIFIED, null, null, null, null), Map.of()));
      cases.put("camera", new Case(filter(null, "c7", null, null, null), Map.of("camera", "c7")));
      cases.put("type", new Case(filter(null, null, "t3", null, null), Map.of("type", "t3")));
      cases.put(
          "since",
          new Case(
              filter(null, null, null, late, null),
              Map.of("since", late.toEpochMilli(), "least", Ulids.least(late.minusSeconds(600)))));
      cases.put(
          "cursor",
          new Case(
              filter(null, null, null, null, cursor), Map.of("before", Cursor.id(cursor).value())));
      cases.put(
          "agency",
          new Case(
              new ReportFilter(null, null, null, null, 50, null, null, Set.of("a3"), List.of()),
              Map.of("agency", "a3")));
      cases.put(
          "a word on the last page",
          new Case(
              new ReportFilter(
                  null,
                  null,
                  null,
                  null,
                  50,
                  Cursor.after(ReportId.of(ulidOf(100))),
                  null,
                  null,
                  List.of("xe")),
              Map.of("word0", "xe", "before", ulidOf(100))));
      cases.put(
          "a frequent and a rare word",
          new Case(
              new ReportFilter(null, null, null, null, 50, null, null, null, List.of("xe", "hiem")),
              Map.of("word0", "hiem", "word1", "xe")));
      for (int number : List.of(3, 226)) {
        for (ReportState state : Arrays.asList(null, ReportState.VERIFIED)) {
          String plan = database.inSnapshot(db -> plan(db, officers(number, state)));
          assertThat(plan)
              .as("%d agencies, each by its own index, and of the reports a page", number)
              .doesNotContain("Seq Scan", "SCAN report")
              .containsPattern(
                  state == null ? "report_by_agency[^_]" : "report_by_agency_and_state");
          assertThat(AGENCY.matcher(plan).results().count()).isEqualTo(number);
        }
      }
      List<Report> last =
          database.inSnapshot(
              db -> ReportListQuery.list(db, after(officers(all(226), null), 20).filter(), 51));
      assertThat(last).as("the last page, which is not full").hasSize(19);
      List<List<Report>> pages =
          database.inSnapshot(
              db ->
                  Stream.of(officers(226, null), officers(3, null), cases.get("none"))
                      .map(one -> ReportListQuery.list(db, one.filter(), 51))
                      .toList());
      assertThat(pages.get(0))
          .as("226 agencies of which three have reports: no more than those")
          .isEqualTo(pages.get(1));
      Case everybody = officers(all(226), null);
      assertThat(
              database.<List<Report>>inSnapshot(
                  db -> ReportListQuery.list(db, everybody.filter(), 51)))
          .as("all agencies have all reports")
          .isEqualTo(pages.get(2));
      for (ReportState state : Arrays.asList(null, ReportState.VERIFIED)) {
        Case of = new Case(officers(all(226), state).filter(), Map.of());
        assertThat(database.<String>inSnapshot(db -> plan(db, of)))
            .as("where most reports are theirs, the newest of all")
            .doesNotContain("Seq Scan", "Sort", "TEMP B-TREE", "SCAN report USING INDEX sqlite")
            .doesNotContainPattern(AGENCY);
      }
      Map<String, String> plans = new LinkedHashMap<>();
      cases.forEach((name, one) -> plans.put(name, database.inSnapshot(db -> plan(db, one))));
      plans.forEach(
          (name, plan) ->
              assertThat(plan)
                  .as(name)
                  .doesNotContain("Seq Scan", "Sort", "TEMP B-TREE")
                  .containsPattern("Index Scan|USING (COVERING )?INDEX"));
      assertThat(plans.get("since")).as("no walk through older reports").containsPattern("id ?>=?");
    }
  }

  /** What officers of an agency with others below it list, of which three have reports. */
  private static Case officers(int number, @Nullable ReportState state) {
    return officers(
        IntStream.range(0, number).mapToObj(i -> (i < 3 ? "a" : "none") + i).sorted().toList(),
        state);
  }

  private static List<String> all(int number) {
    return IntStream.range(0, number).mapToObj(i -> "a" + i).toList();
  }

  /** The page behind a report. */
  private static Case after(Case one, int number) {
    ReportFilter filter = one.filter();
    return new Case(
        new ReportFilter(
            filter.state(),
            null,
            null,
            null,
            50,
            Cursor.after(ReportId.of(ulidOf(number))),
            filter.visible(),
            filter.agencies(),
            List.of()),
        one.values());
  }

  private static Case officers(List<String> agencies, @Nullable ReportState state) {
    Map<String, String> values = new HashMap<>();
    IntStream.range(0, agencies.size()).forEach(i -> values.put("list" + i, agencies.get(i)));
    Set<String> all = Set.copyOf(agencies);
    return new Case(
        new ReportFilter(
            state,
            null,
            null,
            null,
            50,
            null,
            List.of(new ReportFilter.Part(null, null, all)),
            all,
            List.of()),
        values);
  }

  private static ReportFilter filter(
      @Nullable ReportState state,
      @Nullable String camera,
      @Nullable String type,
      @Nullable Instant since,
      @Nullable String cursor) {
    return new ReportFilter(
        state, camera == null ? null : new CameraId(camera), type, since, 50, cursor);
  }
}
