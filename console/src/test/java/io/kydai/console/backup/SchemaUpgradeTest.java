package io.kydai.console.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.search.PlatePattern;
import io.kydai.console.search.ReportSearch;
import io.kydai.console.search.SearchRequest;
import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.console.store.PostgresqlCluster;
import io.kydai.console.store.TestDatabase;
import io.kydai.streaming.evidence.EvidenceItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteDataSource;

/** A database of each earlier version of the schema keeps every row when it is opened today. */
class SchemaUpgradeTest {
  private static final Set<String> ONE_FOR_EACH_CAMERA =
      Set.of("camera_pause", "camera_handover", "recording_retention", "masked_camera");
  private static final int FIRST_WITH_PLATES = 2;
  private static final int FIRST_WITH_INDEX_OF_PLATES = 20;
  private static final int LAST_WITH_PLATES_AS_WORDS = 23;
  private static final String ULID = "01JD00000000000000000000";
  private static final Map<String, String> TEXTS =
      Map.of(
          "state", "RECEIVED",
          "measures", "{}",
          "tracks", "[]",
          "plates",
              "[{\"text\":\"75F100041\",\"confidence\":0.9,\"votes\":3,\"frames\":4,\"track\":7},"
                  + "{\"text\":\"51F12345\",\"confidence\":0.9,\"votes\":3,\"frames\":4,\"track\":8}]",
          "camera", "gate",
          "rule_id", "c5",
          "type", "crowding",
          "name", "snapshot.jpg",
          "media_type", "image/jpeg");

  @TempDir Path folder;

  static List<Integer> versions() {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/io/kydai/console/store"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("V\\d+__.*\\.sql"))
          .map(name -> Integer.valueOf(name.substring(1, name.indexOf('_'))))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An address, and a source of connections to it that the program does not open. */
  private record Place(DatabaseAddress address, DataSource source) {}

  private Place place() {
    if (TestDatabase.isPostgresql()) {
      PostgresqlCluster cluster = PostgresqlCluster.get();
      String url = cluster.url(cluster.createDatabase());
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl("jdbc:postgresql://" + url.substring(url.lastIndexOf('@') + 1));
      source.setUser("kydai");
      source.setPassword(PostgresqlCluster.PASSWORD);
      return new Place(DatabaseAddress.of(url), source);
    }
    Path file = folder.resolve("kydai.db");
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + file);
    return new Place(DatabaseAddress.file(file), source);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aDatabaseOfAnEarlierVersionKeepsEveryRow(int version) throws Exception {
    Place place = place();
    migrate(place, version);
    Map<Table, TableContent> before = new LinkedHashMap<>();
    try (Connection db = place.source().getConnection()) {
      for (Table table : Table.all(db)) {
        for (int row = 11; row < 14; row++) {
          insert(db, table, row);
        }
        before.put(table, TableContent.of(db, table));
      }
    }
    assertThat(before.values()).extracting(TableContent::rows).allMatch(rows -> rows >= 3);
    try (Database database = Database.open(place.address())) {
      Map<Table, TableContent> after =
          database.read(
              db -> {
                Map<Table, TableContent> contents = new LinkedHashMap<>();
                for (Table table : before.keySet()) {
                  contents.put(table, TableContent.of(db, table));
                }
                return contents;
              });
      assertThat(after).isEqualTo(before);
      ReportQueue queue = new ReportQueue(database, ReportOutbox.NONE, Clock.systemUTC());
      assertThat(queue.list(new ReportFilter(null, null, null, null, 50, null)).reports())
          .hasSize(3)
          .allSatisfy(
              report ->
                  assertThat(report.evidence())
                      .extracting(EvidenceItem::name)
                      .containsExactly("snapshot.jpg"))
          .extracting(Report::id)
          .extracting(id -> id.value())
          .containsExactly(ULID + 13, ULID + 12, ULID + 11);
      if (version >= FIRST_WITH_PLATES && version < FIRST_WITH_INDEX_OF_PLATES) {
        for (String plate : List.of("75*", "51F12345", "*041")) {
          assertThat(
                  new ReportSearch(database, Clock.systemUTC())
                      .page(withPlate(plate), 50, null)
                      .reports())
              .as(plate)
              .hasSize(3);
        }
        assertThat(
                new ReportSearch(database, Clock.systemUTC())
                    .page(withPlate("52*"), 50, null)
                    .reports())
            .isEmpty();
      }
    }
  }

  private static void migrate(Place place, int version) {
    Flyway.configure()
        .dataSource(place.source())
        .locations("classpath:io/kydai/console/store")
        .placeholders(
            Map.of(
                "clustered",
                TestDatabase.isPostgresql() ? "" : " WITHOUT ROWID",
                "plates",
                "SELECT id AS report, plates AS plate FROM report"))
        .target(String.valueOf(version))
        .load()
        .migrate();
  }

  @Test
  void platesThatWereWordsAreNoneAnyMore() throws Exception {
    Place place = place();
    migrate(place, LAST_WITH_PLATES_AS_WORDS);
    String report = ULID + 11;
    try (Connection db = place.source().getConnection();
        Statement insert = db.createStatement()) {
      for (Table table : Table.all(db)) {
        insert(db, table, 11);
      }
      insert.execute("DELETE FROM report_word");
      insert.execute(
          "INSERT INTO report_plate (report, plate) VALUES ('" + report + "', 'KX70AB')");
      for (String word : List.of("kx70ab", "51f12345", "75f100041", "12345678", "g7", "xe")) {
        insert.execute(
            "INSERT INTO report_word (word, report) VALUES ('" + word + "', '" + report + "')");
      }
    }
    try (Database database = Database.open(place.address())) {
      assertThat(
              database.<List<String>>inSnapshot(
                  db ->
                      db.createQuery("SELECT word FROM report_word ORDER BY word")
                          .mapTo(String.class)
                          .list()))
          .containsExactly("12345678", "g7", "xe");
    }
  }

  private static SearchRequest withPlate(String plate) {
    return new SearchRequest(
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        PlatePattern.of(plate),
        List.of(new ReportFilter.Part(null, null, null)),
        false);
  }

  /** A row whose texts that refer to other rows are those of the same number. */
  private static void insert(Connection db, Table table, int number) throws SQLException {
    List<Boolean> texts = new ArrayList<>();
    for (String column : table.columns()) {
      texts.add(isText(db, table.name(), column));
    }
    try (PreparedStatement insert = db.prepareStatement(table.insert())) {
      for (int i = 0; i < texts.size(); i++) {
        String column = table.columns().get(i);
        if (!texts.get(i)) {
          insert.setLong(i + 1, number);
        } else {
          insert.setString(
              i + 1,
              column.equals("alert_id")
                      || (column.equals("name") && !isEvidence(table))
                      || (column.equals("camera") && ONE_FOR_EACH_CAMERA.contains(table.name()))
                  ? "a" + number
                  : TEXTS.getOrDefault(column, ULID + number));
        }
      }
      insert.executeUpdate();
    }
  }

  private static boolean isEvidence(Table table) {
    return table.name().equals("evidence");
  }

  private static boolean isText(Connection db, String table, String column) throws SQLException {
    try (ResultSet found =
        db.getMetaData().getColumns(db.getCatalog(), db.getSchema(), table, column)) {
      while (found.next()) {
        if (found.getString("TABLE_NAME").equals(table)
            && found.getString("COLUMN_NAME").equals(column)) {
          int type = found.getInt("DATA_TYPE");
          return type == Types.VARCHAR || type == Types.LONGVARCHAR || type == Types.CLOB;
        }
      }
    }
    throw new SQLException("no column " + column);
  }
}
