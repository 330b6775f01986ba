package io.kydai.console.search;

import io.kydai.console.http.api.desk.ReportAnswer;
import io.kydai.console.http.server.Json;
import io.kydai.console.reports.Cursor;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportPage;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a page of the queue and of the search costs, beside the bare SQL of the same page, in turns:
 * the product's time is from the request as the API hands it on to the bytes of its JSON; the bare
 * side is one prepared statement whose rows are read. Arguments: how many reports, how many times.
 */
public final class QueueBench {
  private static final int STATEMENT = 100_000;
  private static final int PAGE = 50;
  private static final int WARM_UP = 300;
  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();
  private static final String COLUMNS =
      "id, alert_id, camera, rule_id, type, state, received_at, started_at, ended_at, reason,"
          + " measures, tracks, plates, agency, version, incident, parent, due_at";
  private static final ReportFilter.Part ALL = new ReportFilter.Part(null, null, null);

  private final Database database;
  private final ReportQueue queue;
  private final ReportSearch search;

  private QueueBench(Database database) {
    this.database = database;
    this.queue = new ReportQueue(database, ReportOutbox.NONE, Clock.systemUTC());
    this.search = new ReportSearch(database);
  }

  /** Fills a database, and prints a row for each kind of page. */
  public static void main(String[] arguments) throws Exception {
    int reports = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    Path folder = Files.createTempDirectory("kydai-bench");
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      System.out.printf(
          "%s, %,d reports, %d times each%n",
          TestDatabase.isPostgresql() ? "PostgreSQL" : "SQLite", reports, times);
      fill(database, reports);
      System.out.println(
          "| page | ms, median | p99 | bare SQL, median | p99 | ratio | ratio of the client's"
              + " processor time |");
      System.out.println("|---|---|---|---|---|---|---|");
      new QueueBench(database).measure(times);
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static void fill(Database database, int reports) {
    String id = "'01JD' || substr(CAST(10000000000 + i AS TEXT), 2) || '000000000000'";
    for (int from = 1; from <= reports; from += STATEMENT) {
      String numbers =
          "WITH RECURSIVE n (i) AS (SELECT %d UNION ALL SELECT i + 1 FROM n WHERE i < %d) "
              .formatted(from, Math.min(reports, from + STATEMENT - 1));
      List<String> statements =
          List.of(
              numbers
                  + "INSERT INTO report (id, alert_id, camera, rule_id, type, state, received_at,"
                  + " started_at, last_seen_at, ended_at, reason, measures, tracks, plates, agency,"
                  + " clip_awaited) SELECT "
                  + id
                  + ", 'a' || CAST(i AS TEXT), 'c' || CAST(i % 200 AS TEXT), 'r', 't'"
                  + " || CAST(i % 12 AS TEXT), CASE WHEN i % 20 = 0 THEN 'VERIFIED'"
                  + " ELSE 'REJECTED' END, i, i, i, i, 'a vehicle against the arrow of ''lane-1''',"
                  + " '{\"seconds\":3.5}', '[7]', '[{\"text\":\"75F1'"
                  + " || substr(CAST(1000000 + i AS TEXT), 3) || '\",\"confidence\":0.9,\"votes\":3,"
                  + "\"frames\":4,\"track\":7}]', 'a' || CAST(i % 226 AS TEXT), 0 FROM n",
              numbers + "INSERT INTO report_word (word, report) SELECT 'xe', " + id + " FROM n",
              numbers
                  + "INSERT INTO report_word (word, report) SELECT 'hiem', "
                  + id
                  + " FROM n WHERE i % 500 = 0",
              numbers
                  + "INSERT INTO report_plate (report, plate) SELECT "
                  + id
                  + ", '75F1' || substr(CAST(1000000 + i AS TEXT), 3) FROM n",
              numbers
                  + ", g (p) AS (SELECT 1 UNION ALL SELECT p + 1 FROM g WHERE p < 9)"
                  + " INSERT INTO plate_gram (gram, report) SELECT DISTINCT substr('^75F1'"
                  + " || substr(CAST(1000000 + i AS TEXT), 3) || '$', p, 3), "
                  + id
                  + " FROM n, g");
      statements.forEach(sql -> database.inTransaction(db -> db.execute(sql)));
    }
    if (TestDatabase.isPostgresql()) {
      database.inTransaction(db -> db.execute("ANALYZE"));
    }
  }

  /**
   * A kind of page.
   *
   * @param page by the place after which it begins; null for the first one
   * @param key the column of the order in the bare statement
   */
  private record Kind(Function<@Nullable String, ReportPage> page, String bare, String key) {}

  private Kind searched(SearchRequest request, String bare, String key) {
    return new Kind(after -> search.page(request, PAGE, after), bare, key);
  }

  private static SearchRequest request(
      @Nullable Set<CameraId> cameras,
      @Nullable ReportState state,
      @Nullable String type,
      List<String> words,
      @Nullable String plate) {
    return new SearchRequest(
        null,
        null,
        cameras,
        type,
        state,
        null,
        words,
        plate == null ? null : PlatePattern.of(plate),
        List.of(ALL),
        false);
  }

  private Map<String, Kind> kinds() {
    String words = COLUMNS + " FROM report_word AS walk JOIN report ON id = walk.report WHERE";
    Set<CameraId> three = Set.of(new CameraId("c1"), new CameraId("c2"), new CameraId("c3"));
    Map<String, Kind> kinds = new LinkedHashMap<>();
    kinds.put(
        "list",
        new Kind(
            after ->
                queue.list(new ReportFilter(null, null, null, null, PAGE, after, List.of(ALL))),
            "SELECT " + COLUMNS + " FROM report WHERE 1 = 1",
            "id"));
    kinds.put(
        "list, a state",
        new Kind(
            after ->
                queue.list(
                    new ReportFilter(
                        ReportState.VERIFIED, null, null, null, PAGE, after, List.of(ALL))),
            "SELECT " + COLUMNS + " FROM report WHERE state = 'VERIFIED'",
            "id"));
    kinds.put(
        "search, a state and a type",
        searched(
            request(null, ReportState.VERIFIED, "t4", List.of(), null),
            "SELECT " + COLUMNS + " FROM report WHERE state = 'VERIFIED' AND type = 't4'",
            "id"));
    kinds.put(
        "search, three cameras",
        searched(
            request(three, null, null, List.of(), null),
            "SELECT " + COLUMNS + " FROM report WHERE camera IN ('c1', 'c2', 'c3')",
            "id"));
    kinds.put(
        "search, a word of every report",
        searched(
            request(null, null, null, List.of("xe"), null),
            "SELECT " + words + " walk.word = 'xe'",
            "walk.report"));
    kinds.put(
        "search, a frequent and a rare word",
        searched(
            request(null, null, null, List.of("xe", "hiem"), null),
            "SELECT "
                + words
                + " walk.word = 'hiem' AND EXISTS (SELECT 1 FROM report_word AS other"
                + " WHERE other.word = 'xe' AND other.report = walk.report)",
            "walk.report"));
    kinds.put(
        "search, a plate 75F1*41",
        searched(
            request(null, null, null, List.of(), "75F1*41"),
            "SELECT "
                + COLUMNS
                + " FROM plate_gram AS walk JOIN report ON id = walk.report WHERE walk.gram = '41$'"
                + " AND EXISTS (SELECT 1 FROM report_plate AS fits WHERE fits.report = walk.report"
                + " AND fits.plate LIKE '75F1%41')",
            "walk.report"));
    return kinds;
  }

  private void measure(int times) {
    kinds()
        .forEach(
            (name, kind) -> {
              print(name + ", first page", kind, null, times);
              print(name + ", last page", kind, last(kind), times);
            });
  }

  /** Returns the place after which the last page begins. */
  private String last(Kind kind) {
    List<String> oldest =
        database.read(db -> ids(db, kind.bare() + " ORDER BY " + kind.key() + " LIMIT " + PAGE));
    return oldest.get(oldest.size() - 1);
  }

  private void print(String name, Kind kind, @Nullable String after, int times) {
    String cursor = after == null ? null : Cursor.after(ReportId.of(after));
    String sql =
        kind.bare()
            + (after == null ? "" : " AND " + kind.key() + " < '" + after + "'")
            + " ORDER BY "
            + kind.key()
            + " DESC LIMIT "
            + (PAGE + 1);
    double[] product = new double[times];
    double[] bare = new double[times];
    double[] worked = new double[times];
    double[] bareWorked = new double[times];
    // Compilers want some hundred pages before a row tells anything.
    for (int i = -WARM_UP; i < times; i++) {
      long began = PROCESSOR.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      ReportPage page = kind.page().apply(cursor);
      byte[] json = json(page);
      long between = System.nanoTime();
      long workedSoFar = PROCESSOR.getCurrentThreadCpuTime();
      List<String> ids = database.read(db -> ids(db, sql));
      long end = System.nanoTime();
      if (json.length == 0 || page.reports().size() != Math.min(PAGE, ids.size())) {
        throw new IllegalStateException(name + ": the two sides do not find the same");
      }
      if (i >= 0) {
        product[i] = (between - begin) / 1e6;
        bare[i] = (end - between) / 1e6;
        worked[i] = workedSoFar - began;
        bareWorked[i] = PROCESSOR.getCurrentThreadCpuTime() - workedSoFar;
      }
    }
    Arrays.sort(product);
    Arrays.sort(bare);
    Arrays.sort(worked);
    Arrays.sort(bareWorked);
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
        name,
        product[times / 2],
        product[times * 99 / 100],
        bare[times / 2],
        bare[times * 99 / 100],
        product[times / 2] / bare[times / 2],
        worked[times / 2] / bareWorked[times / 2]);
  }

  private static byte[] json(ReportPage page) {
    List<ReportAnswer> answers = new ArrayList<>();
    for (Report report : page.reports()) {
      answers.add(ReportAnswer.inList(report));
    }
    return Json.bytes(new ReportAnswer.Page(answers, page.next()));
  }

  /** Reads all columns of a statement's rows, and returns the first ones. */
  private static List<String> ids(Connection db, String sql) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (PreparedStatement statement = db.prepareStatement(sql);
        ResultSet rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        ids.add(rows.getString(1));
        for (int i = 2; i <= columns; i++) {
          rows.getObject(i);
        }
      }
    }
    return ids;
  }
}
