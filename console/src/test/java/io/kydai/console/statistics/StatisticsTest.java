package io.kydai.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.rules.counting.Sample;
import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statistics on the database: what survives, what is not counted twice, and what is read. */
class StatisticsTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final ZoneId HUE = ZoneId.of("Asia/Ho_Chi_Minh");

  @TempDir Path folder;
  private final Clock clock = Clock.fixed(NOON.plusSeconds(3_600), ZoneOffset.UTC);
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private Database database;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Statistics statistics() {
    return statistics(new StatisticsBuffer());
  }

  private Statistics statistics(StatisticsBuffer buffer) {
    return new Statistics(
        database, Duration.ofDays(400), Duration.ofDays(35), clock, metrics, buffer);
  }

  static Sample sample(
      Sample.Place place,
      Sample.Measure measure,
      String label,
      String direction,
      Instant at,
      long count,
      long total,
      long most) {
    return new Sample(
        new Sample.Series(RuleId.of("r"), place, "v", measure, label, direction, 0),
        at,
        count,
        total,
        most);
  }

  static Sample watched(Instant at, long millis) {
    return sample(Sample.Place.LINE, Sample.Measure.WATCHED, "", "", at, millis, 0, 0);
  }

  static Sample crossed(String label, Instant at, long more) {
    return sample(Sample.Place.LINE, Sample.Measure.COUNT, label, "forward", at, more, 0, 0);
  }

  private static StatisticsRequest request(Instant from, Instant to, Step step, ZoneId zone) {
    return new StatisticsRequest(from, to, step, zone, Map.of(GATE, Instant.EPOCH), null, Set.of());
  }

  private List<PieceStatistics> pieces(Statistics statistics, Instant from, Instant to, Step step) {
    List<ElementStatistics> elements =
        statistics.reader().read(request(from, to, step, HUE)).elements();
    return elements.isEmpty() ? List.of() : elements.get(0).pieces();
  }

  private static long total(List<PieceStatistics> pieces) {
    return pieces.stream()
        .flatMap(piece -> piece.counts().stream())
        .mapToLong(PieceStatistics.Count::count)
        .sum();
  }

  @Test
  void whatWasWrittenIsThereAfterARestartAndGoesOn() {
    try (Statistics before = statistics()) {
      before.add(GATE, List.of(watched(NOON, 30_000), crossed("car", NOON, 3)));
    }
    database.close();
    open();
    Statistics after = statistics();
    after.add(
        GATE,
        List.of(watched(NOON.plusSeconds(40), 20_000), crossed("car", NOON.plusSeconds(40), 2)));
    after.flush();
    assertThat(pieces(after, NOON, NOON.plusSeconds(60), Step.MINUTE))
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.counts())
                  .containsExactly(new PieceStatistics.Count("car", "forward", 5));
              assertThat(piece.watched()).isCloseTo(50 / 60.0, within(0.001));
            });
  }

  @Test
  void aKilledProcessLosesWhatWasNotWrittenAndNothingElse() {
    Statistics killed = statistics();
    killed.add(GATE, List.of(watched(NOON, 60_000), crossed("car", NOON, 3)));
    killed.flush();
    killed.add(GATE, List.of(crossed("car", NOON.plusSeconds(60), 1))); // and is never written
    database.close();
    open();
    assertThat(total(pieces(statistics(), NOON, NOON.plusSeconds(120), Step.MINUTE))).isEqualTo(3);
  }

  @Test
  void aBatchThatIsWrittenAgainIsNotCountedTwice() {
    List<Cell> cells =
        List.of(
            new Cell(new SeriesKey(GATE, watched(NOON, 1).series()), minute(NOON), 60_000, 0, 0),
            new Cell(new SeriesKey(GATE, crossed("car", NOON, 1).series()), minute(NOON), 4, 0, 0));
    for (int i = 0; i < 2; i++) {
      database.inTransaction(db -> StatisticTable.add(db, "run", 1, cells, new HashMap<>()));
    }
    assertThat(total(pieces(statistics(), NOON, NOON.plusSeconds(60), Step.MINUTE))).isEqualTo(4);
  }

  private static int minute(Instant at) {
    return StatisticsBuffer.minute(at);
  }

  @Test
  void whatADatabaseDidNotTakeIsWrittenOnceItDoes() throws Exception {
    Statistics statistics = statistics();
    statistics.add(GATE, List.of(watched(NOON, 60_000), crossed("car", NOON, 3)));
    try (TestDatabase.Lock lock = TestDatabase.lock(folder.resolve("kydai.db"))) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(statistics::flush).isInstanceOf(StoreException.class);
    }
    statistics.add(GATE, List.of(crossed("car", NOON, 1)));
    statistics.flush();
    statistics.flush();
    assertThat(total(pieces(statistics, NOON, NOON.plusSeconds(60), Step.MINUTE))).isEqualTo(4);
  }

  @Test
  void aFullBufferDropsNewSumsAndCountsThem() {
    Statistics statistics = statistics(new StatisticsBuffer(2));
    statistics.add(
        GATE,
        List.of(
            watched(NOON, 60_000),
            crossed("car", NOON, 3),
            crossed("bus", NOON, 1),
            crossed("car", NOON, 1)));
    statistics.flush();
    assertThat(total(pieces(statistics, NOON, NOON.plusSeconds(60), Step.MINUTE))).isEqualTo(4);
    assertThat(metrics.get("kydai.console.statistics.dropped").functionCounter().count())
        .isEqualTo(1);
  }

  @Test
  void aTimeThatWasNotWatchedIsAGapAndATimeWithoutCrossingsIsZero() {
    Statistics statistics = statistics();
    statistics.add(
        GATE,
        List.of(
            watched(NOON, 60_000),
            crossed("car", NOON, 3),
            watched(NOON.plusSeconds(120), 60_000)));
    statistics.flush();
    List<PieceStatistics> pieces = pieces(statistics, NOON, NOON.plusSeconds(180), Step.MINUTE);
    assertThat(pieces)
        .extracting(PieceStatistics::from)
        .containsExactly(NOON, NOON.plusSeconds(120));
    assertThat(pieces.get(1).counts())
        .containsExactly(new PieceStatistics.Count("car", "forward", 0));
  }

  @Test
  void speedsHaveAMeanAndAnEightyFifthPercentile() {
    Statistics statistics = statistics();
    List<Sample> samples = new ArrayList<>();
    samples.add(sample(Sample.Place.ZONE, Sample.Measure.WATCHED, "", "", NOON, 60_000, 0, 0));
    for (int i = 0; i < 100; i++) {
      int speed = 5_000 + i * 100; // 5 to 14.9 m/s
      samples.add(
          sample(
              Sample.Place.ZONE,
              Sample.Measure.SPEED,
              "car",
              Integer.toString(speed / Sample.SPEED_CLASS),
              NOON,
              1,
              speed,
              0));
    }
    statistics.add(GATE, samples);
    statistics.flush();
    assertThat(pieces(statistics, NOON, NOON.plusSeconds(60), Step.MINUTE))
        .singleElement()
        .satisfies(
            piece -> {
              assertThat(piece.speed()).isNotNull();
              assertThat(piece.speed().mean()).isCloseTo(9.95, within(0.001));
              assertThat(piece.speed().percentile85()).isCloseTo(13.5, within(0.1));
              assertThat(piece.speed().objects()).isEqualTo(100);
            });
  }

  @Test
  void oldMinutesBecomeQuartersWithTheSameSumsAndOlderOnesGo() {
    Statistics statistics = statistics();
    Instant old = NOON.minus(Duration.ofDays(40));
    Instant tooOld = NOON.minus(Duration.ofDays(500));
    for (Instant at : List.of(old, old.plusSeconds(60), old.plusSeconds(900), tooOld, NOON)) {
      statistics.add(GATE, List.of(watched(at, 60_000), crossed("car", at, 2)));
    }
    statistics.flush();
    new StatisticsRetention(database, Duration.ofDays(400), Duration.ofDays(35))
        .run(NOON, () -> {});
    assertThat(rows("statistic_minute")).isEqualTo(2);
    assertThat(rows("statistic_quarter")).isEqualTo(4);
    List<PieceStatistics> quarters = pieces(statistics, old, old.plusSeconds(1_800), Step.QUARTER);
    assertThat(quarters).extracting(piece -> piece.counts().get(0).count()).containsExactly(4L, 2L);
    assertThatThrownBy(() -> pieces(statistics, old, old.plusSeconds(60), Step.MINUTE))
        .isInstanceOf(InvalidStatisticsRequestException.class)
        .hasMessageContaining("not kept");
    assertThat(total(pieces(statistics, old, NOON.plusSeconds(60), Step.DAY))).isEqualTo(8);
  }

  private int rows(String table) {
    return database.inSnapshot(
        db -> db.createQuery("SELECT COUNT(*) FROM " + table).mapTo(Integer.class).one());
  }

  @Test
  void daysAreThoseOfTheSiteAlsoWhenTheClocksChange() {
    Statistics statistics = statistics();
    ZoneId berlin = ZoneId.of("Europe/Berlin");
    // On 25 October 2026 the day has 25 hours: from 22:00Z to 23:00Z of the next day.
    Instant first = Instant.parse("2026-10-24T22:00:00Z");
    Instant last = Instant.parse("2026-10-25T22:59:00Z");
    Instant next = Instant.parse("2026-10-25T23:00:00Z");
    for (Instant at : List.of(first, last, next)) {
      statistics.add(GATE, List.of(watched(at, 60_000), crossed("car", at, 1)));
    }
    statistics.flush();
    StatisticsAnswer days =
        statistics.reader().read(request(first, next.plusSeconds(60), Step.DAY, berlin));
    assertThat(days.elements().get(0).pieces())
        .extracting(PieceStatistics::from)
        .containsExactly(first, next);
    assertThat(days.elements().get(0).pieces())
        .extracting(piece -> piece.counts().get(0).count())
        .containsExactly(2L, 1L);
    assertThat(days.to()).isEqualTo(Instant.parse("2026-10-26T23:00:00Z"));
  }

  @Test
  void nothingIsSeenFromBeforeTheRightAndOfOtherCameras() {
    Statistics statistics = statistics();
    for (Instant at : List.of(NOON, NOON.plusSeconds(60))) {
      statistics.add(GATE, List.of(watched(at, 60_000), crossed("car", at, 1)));
      statistics.add(new CameraId("park"), List.of(watched(at, 60_000), crossed("car", at, 1)));
    }
    statistics.flush();
    StatisticsAnswer answer =
        statistics
            .reader()
            .read(
                new StatisticsRequest(
                    NOON,
                    NOON.plusSeconds(3_600),
                    Step.HOUR,
                    HUE,
                    Map.of(GATE, NOON.plusSeconds(30)),
                    null,
                    Set.of()));
    assertThat(answer.elements()).extracting(ElementStatistics::camera).containsExactly(GATE);
    assertThat(total(answer.elements().get(0).pieces())).isEqualTo(1);
  }

  @Test
  void piecesOfACameraAreFoundByIndexes() {
    String fill =
        """
        WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199999)
        INSERT INTO statistic_minute (series, minute, amount, total, most)
        SELECT 1 + i %% 400, %d + i / 400, 1, 0, 0 FROM n
        """
            .formatted(minute(NOON));
    database.inTransaction(
        db -> {
          for (int i = 1; i <= 400; i++) {
            db.execute(
                "INSERT INTO statistic_series (id, camera, rule, place, element, measure, label,"
                    + " direction, reference) VALUES (?, ?, 'r', 'LINE', 'v', 'COUNT', 'car', ?, 0)",
                i,
                "c" + i % 200,
                "d" + i);
          }
          return db.execute(fill);
        });
    database.inTransaction(db -> db.execute("ANALYZE"));
    assertThat(database.inSnapshot(StatisticsTest::plan))
        .doesNotContain("Seq Scan on statistic_minute", "SCAN statistic_minute")
        .doesNotContainPattern("SCAN p\\b")
        .containsPattern("Index (Only )?Scan|Bitmap Index|USING (PRIMARY KEY|(COVERING )?INDEX)");
  }

  private static String plan(Handle db) {
    List<String> queries = new ArrayList<>();
    db.getConfig(SqlStatements.class)
        .setSqlLogger(
            new SqlLogger() {
              @Override
              public void logBeforeExecution(StatementContext context) {
                queries.add(context.getRenderedSql());
              }
            });
    StatisticsRequest request =
        new StatisticsRequest(
            NOON,
            NOON.plusSeconds(3_600),
            Step.HOUR,
            HUE,
            Map.of(new CameraId("c7"), Instant.EPOCH),
            null,
            Set.of());
    PieceTimes times = PieceTimes.of(request);
    PieceTimes.Part part = times.parts().get(0);
    assertThat(StatisticsQuery.rows(db, request, times, part, part.from(), List.of("c7"), 100))
        .hasSize(2);
    boolean server = TestDatabase.isPostgresql();
    return String.join(
        "\n",
        db.createQuery((server ? "EXPLAIN " : "EXPLAIN QUERY PLAN ") + queries.get(0))
            .bind("__cameras_0", "c7")
            .bind("offset", part.offset())
            .bind("step", 60)
            .bind("from", part.from())
            .bind("to", part.to())
            .bind("limit", 100)
            .map((row, context) -> row.getString(server ? "QUERY PLAN" : "detail"))
            .list());
  }
}
