package io.kydai.console.search;

import io.kydai.console.audit.AuditLog;
import io.kydai.console.http.answer.Json;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.incidents.Incidents;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a page of the queue and of the search costs, beside the bare SQL of the same page, in turns,
 * while 50 event sockets are open and 20 alerts come in each second. The product's time is from the
 * request as the API hands it on to the bytes of its JSON; the bare side is one statement for the
 * reports and one for their evidence, whose rows are read. Both sides keep their statements
 * prepared from one page to the next, in the same way. The last column is the same page over HTTP,
 * with log-in, rights and audit. Arguments: how many reports, how many times, and with what the
 * names of the kinds begin, where not all are wanted.
 */
public final class QueueBench {
  private static final int WARM_UP = 500;
  private static final int FIRST_ONES = 20;
  private static final ThreadMXBean PROCESSOR = ManagementFactory.getThreadMXBean();

  private final Database database;
  private final DeskServer server;
  private final Map<String, QueuePages.Kind> kinds;
  private final BareStatements statements = new BareStatements();
  private final HttpPages http;

  private QueueBench(DeskServer server, String wanted) {
    this.database = server.database();
    this.server = server;
    http = new HttpPages(server);
    Clock clock = Clock.systemUTC();
    kinds =
        new QueuePages(
                server.reports,
                new ReportSearch(database, clock),
                new Incidents(database, new AuditLog(database, clock), clock),
                server.cameras)
            .kinds();
    kinds.keySet().removeIf(name -> !name.startsWith(wanted));
  }

  /** Fills a database, and prints a row for each kind of page. */
  public static void main(String[] arguments) throws Exception {
    int reports = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int times = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
    String wanted = arguments.length > 2 ? arguments[2] : "";
    Path folder = Files.createTempDirectory("kydai-bench");
    try {
      try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
        FilledQueue.fill(database, reports);
      }
      measure(folder, reports, times, wanted);
    } finally {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(one);
        }
      }
    }
  }

  private static void measure(Path folder, int reports, int times, String wanted) throws Exception {
    System.out.printf(
        "%s, %,d reports, %d times each%n",
        TestDatabase.isPostgresql() ? "PostgreSQL" : "SQLite", reports, times);
    try (DeskServer server = new DeskServer(folder);
        QueueLoad load = new QueueLoad(server)) {
      System.out.println(
          "| page | ms, median | p99 | bare SQL, median | p99 | ratio | processor's ms, median"
              + " | p99 | bare SQL | ratio | over HTTP, median | p99 |");
      System.out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
      QueueBench bench = new QueueBench(server, wanted);
      bench.http.furnish();
      bench.warmUp();
      bench.kinds.forEach(
          (name, kind) -> {
            bench.print(name + ", first page", kind, null, times);
            bench.print(name + ", last page", kind, bench.last(kind), times);
          });
      System.out.println(load.sofar());
    }
  }

  /** A server has compiled all of it in its first minutes: no row is to tell of compilers. */
  private void warmUp() {
    kinds.forEach(
        (name, kind) -> {
          measured(name, kind, null, WARM_UP);
          http.times(kind.path(), WARM_UP / 10);
        });
  }

  /** Returns the place after which the last page begins. */
  private String last(QueuePages.Kind kind) {
    List<String> oldest =
        database.read(
            db ->
                statements.first(
                    db,
                    kind.bare() + " ORDER BY " + kind.key() + " LIMIT " + QueuePages.PAGE,
                    List.of()));
    return oldest.get(oldest.size() - 1);
  }

  /**
   * Sorted times in milliseconds.
   *
   * @param worked the processor's
   */
  private record Times(double[] product, double[] bare, double[] worked, double[] bareWorked) {}

  private Times measured(String name, QueuePages.Kind kind, @Nullable String after, int times) {
    String cursor = after == null ? null : kind.cursor().apply(after);
    String sql =
        kind.bare()
            + (after == null ? "" : " AND " + kind.key() + " < ?")
            + " ORDER BY "
            + kind.key()
            + " DESC LIMIT "
            + (QueuePages.PAGE + 1);
    double[] product = new double[times];
    double[] bare = new double[times];
    double[] worked = new double[times];
    double[] bareWorked = new double[times];
    // The first ones fill the caches of the database.
    for (int i = -FIRST_ONES; i < times; i++) {
      long began = PROCESSOR.getCurrentThreadCpuTime();
      long begin = System.nanoTime();
      QueuePages.Page page = kind.page().apply(cursor);
      byte[] json = Json.bytes(page.json());
      long between = System.nanoTime();
      long workedSoFar = PROCESSOR.getCurrentThreadCpuTime();
      List<String> ids = database.read(db -> statements.page(db, sql, after, kind.counts()));
      long end = System.nanoTime();
      if (json.length == 0 || page.rows() != Math.min(QueuePages.PAGE, ids.size())) {
        throw new IllegalStateException(name + ": the two sides do not find the same");
      }
      if (i >= 0) {
        product[i] = (between - begin) / 1e6;
        bare[i] = (end - between) / 1e6;
        worked[i] = (workedSoFar - began) / 1e6;
        bareWorked[i] = (PROCESSOR.getCurrentThreadCpuTime() - workedSoFar) / 1e6;
      }
    }
    for (double[] all : List.of(product, bare, worked, bareWorked)) {
      Arrays.sort(all);
    }
    return new Times(product, bare, worked, bareWorked);
  }

  private void print(String name, QueuePages.Kind kind, @Nullable String after, int times) {
    Times all = measured(name, kind, after, times);
    double[] http = this.http.times(path(kind, after), times);
    int p99 = times * 99 / 100;
    System.out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %.1f | %.1f | %.2f | %.2f | %.2f | %.1f | %.1f | %.1f |%n",
        name,
        all.product()[times / 2],
        all.product()[p99],
        all.bare()[times / 2],
        all.bare()[p99],
        all.product()[times / 2] / all.bare()[times / 2],
        all.worked()[times / 2],
        all.worked()[p99],
        all.bareWorked()[times / 2],
        all.worked()[times / 2] / all.bareWorked()[times / 2],
        http[times / 2],
        http[p99]);
  }

  private static String path(QueuePages.Kind kind, @Nullable String after) {
    return after == null ? kind.path() : kind.path() + "&cursor=" + kind.cursor().apply(after);
  }
}
